// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc

extension ImageStore {
    /// Bytes that may still be written to the store's file system; no limit where it doesn't tell.
    public var freeSpace: Int64 {
        get throws {
            try translatingErrors {
                var status = statvfs()
                guard statvfs(root, &status) == 0 else {
                    throw IOError(errno: errno, operation: "statvfs", path: root)
                }
                guard status.f_blocks > 0 else { return .max }
                return Int64(clamping: status.f_bavail.multipliedReportingOverflow(by: status.f_frsize).partialValue)
            }
        }
    }
}
