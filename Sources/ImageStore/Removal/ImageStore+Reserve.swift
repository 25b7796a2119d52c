// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc

/// A file that only takes space. A removal needs some itself, for the log of the catalog and the new index.json, so
/// without it nothing could be removed from a disk that is full to the last block.
extension ImageStore {
    /// Enough for the removal of some images, which frees more.
    private static let reserveSize = 256 << 10

    /// Runs `body`, and when the disk is full, once more with the space of the reserve.
    func withReserve<T>(_ body: () throws -> T) throws -> T {
        do {
            return try translatingErrors(body)
        } catch let error as StoreError where error.isDiskFull {
            guard try FileStatus.of(layout.reserve) != nil else { throw error }
            try files.unlink(layout.reserve)
            return try body()
        }
    }

    /// Makes the reserve when there is none. Doing without is no error.
    func renewReserve() {
        guard (try? FileStatus.of(layout.reserve)) == nil,
            let file = try? files.create(layout.reserve, flags: O_EXCL)
        else { return }
        if posix_fallocate(file.rawValue, 0, Self.reserveSize) != 0 { try? files.unlink(layout.reserve) }
    }
}
