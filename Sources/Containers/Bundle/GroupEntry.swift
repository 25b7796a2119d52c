// SPDX-License-Identifier: Apache-2.0

/// One line of group(5): `name:password:gid:member,member`.
struct GroupEntry: Equatable {
    let name: String
    let gid: UInt32
    let members: Set<String>

    init?(_ fields: [String]) {
        guard fields.count >= 3, !fields[0].isEmpty, let gid = AccountFile.id(fields[2]) else { return nil }
        name = fields[0]
        self.gid = gid
        members = fields.count > 3 ? Set(fields[3].split(separator: ",").map(String.init)) : []
    }
}
