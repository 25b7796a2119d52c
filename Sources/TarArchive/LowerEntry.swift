// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

/// Something found in a lower layer: the open directory that holds it, its name there, and its status.
struct LowerEntry: ~Copyable {
    let directory: OwnedFD
    let name: [UInt8]
    let status: stat

    var handle: DirectoryHandle { DirectoryHandle(fd: directory.rawValue) }
    var kind: mode_t { status.st_mode & S_IFMT }
    var mode: UInt32 { status.st_mode & 0o7777 }
    var modificationTime: TarTime {
        TarTime(seconds: Int64(status.st_mtim.tv_sec), nanoseconds: Int32(status.st_mtim.tv_nsec))
    }
}
