// SPDX-License-Identifier: Apache-2.0

/// One line of passwd(5): `name:password:uid:gid:gecos:home:shell`.
struct PasswdEntry: Equatable {
    let name: String
    let uid: UInt32
    let gid: UInt32
    let home: String

    init?(_ fields: [String]) {
        guard fields.count >= 4, !fields[0].isEmpty, let uid = AccountFile.id(fields[2]),
            let gid = AccountFile.id(fields[3])
        else { return nil }
        name = fields[0]
        self.uid = uid
        self.gid = gid
        home = fields.count > 5 && !fields[5].isEmpty ? fields[5] : "/"
    }
}
