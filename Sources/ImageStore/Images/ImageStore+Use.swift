// SPDX-License-Identifier: Apache-2.0

import DockerFormat
public import OCI

extension ImageStore {
    /// How many seconds the noted time of a use may be behind the last use: prune policies count in hours and days, and
    /// what is used all the time need not be written all the time.
    static let useResolution: Int64 = 60

    /// Notes a use, for prune policies. Losing it is harmless, so nothing waits for the disk, and no verb fails because
    /// the store is full or read-only. A clock that was set back takes no later use away.
    public func touch(image id: Digest) {
        let now = options.now().unixSeconds
        guard !isReadOnly, let noted = try? reading({ try $0.used(id) }), noted + Self.useResolution <= now else {
            return
        }
        try? writing(.process) { try $0.setUsed(now, image: id) }
    }
}

extension Catalog {
    /// Seconds since 1970; nil when there is no such image.
    func used(_ image: Digest) throws -> Int64? {
        try database.first("SELECT used FROM images WHERE id = ?", .digest(image)) { $0.integer(0) }
    }

    func setUsed(_ seconds: Int64, image: Digest) throws {
        try database.run("UPDATE images SET used = max(used, ?) WHERE id = ?", .integer(seconds), .digest(image))
    }
}
