// SPDX-License-Identifier: Apache-2.0

/// Resolves `name|uid[:group|gid]` against the image's account files as docker does, with docker's texts.
///
/// The files come from an untrusted image: they are given here as bytes that were read with a bound, lines and fields
/// beyond sane lengths are skipped, and numbers outside 0…2³¹−1 are refused (CVE-2024-40635).
struct UserResolver {
    private let accounts: [PasswdEntry]
    private let groups: [GroupEntry]

    init(passwd: [UInt8], group: [UInt8]) {
        accounts = AccountFile.lines(of: passwd).compactMap(PasswdEntry.init)
        groups = AccountFile.lines(of: group).compactMap(GroupEntry.init)
    }

    /// - Parameter additional: `--group-add`, names or numbers.
    func resolve(_ text: String, additional: [String] = []) throws(ContainerError) -> ResolvedUser {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let name = parts.first ?? ""
        let (uid, account) = try user(name)
        var user = ResolvedUser(uid: uid, gid: account?.gid ?? 0, groups: [], home: account?.home ?? "/")
        if parts.count == 2, !parts[1].isEmpty {
            user.gid = try group(parts[1], text: "unable")
            user.groups = [user.gid]
        } else {
            let memberships = account.map { account in groups.filter { $0.members.contains(account.name) } } ?? []
            user.groups = [user.gid] + memberships.map(\.gid).filter { $0 != user.gid }
        }
        for extra in additional {
            let gid = try group(extra, text: "Unable")
            if !user.groups.contains(gid) { user.groups.append(gid) }
        }
        return user
    }

    /// A number is always a user ID: an account whose *name* is that number must not shadow it (CVE-2026-46680).
    private func user(_ name: String) throws(ContainerError) -> (UInt32, PasswdEntry?) {
        if name.isEmpty { return (0, accounts.first { $0.uid == 0 }) }
        if let uid = try AccountFile.number(name) { return (uid, accounts.first { $0.uid == uid }) }
        guard let account = accounts.first(where: { $0.name == name }) else {
            throw .invalid("unable to find user \(name): no matching entries in passwd file")
        }
        return (account.uid, account)
    }

    /// - Parameter text: the error's first word; docker has it with a capital for `--group-add` only.
    private func group(_ name: String, text: String) throws(ContainerError) -> UInt32 {
        if let gid = try AccountFile.number(name) { return gid }
        guard let entry = groups.first(where: { $0.name == name }) else {
            throw .invalid("\(text) to find group \(name): no matching entries in group file")
        }
        return entry.gid
    }
}
