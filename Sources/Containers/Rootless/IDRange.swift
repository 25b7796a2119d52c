// SPDX-License-Identifier: Apache-2.0

/// A range of subordinate IDs that a user may map (subuid(5)).
struct IDRange: Equatable {
    let start: UInt32
    let count: UInt32

    /// The first range of `user` in a file of lines `name-or-uid:start:count`.
    static func first(in text: String, user: String, uid: UInt32) -> IDRange? {
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ":").map(String.init)
            guard fields.count == 3, fields[0] == user || fields[0] == String(uid), let start = UInt32(fields[1]),
                let count = UInt32(fields[2]), count > 0
            else { continue }
            return IDRange(start: start, count: count)
        }
        return nil
    }
}
