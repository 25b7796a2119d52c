// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc
import OCI

/// The saved hash of a partial download, `ingest/<hex>.state`.
///
/// The hash vouches for bytes that were handed to the kernel, not for bytes on the disk: nothing is fsynced before the
/// commit. So it counts only for the same file during the same boot of the machine; after a power failure the partial
/// is hashed again from its beginning, which reads the disk and fetches nothing.
struct IngestState: Equatable {
    private static let magic: UInt64 = 0x646c_6974_696e_6701

    /// Bytes of the partial that the hash covers.
    var frontier: Int64 { Int64(clamping: midstate.byteCount) }
    let midstate: SHA256Midstate
    let device: UInt64
    let inode: UInt64
    let boot: [UInt8]

    init(midstate: SHA256Midstate, of file: borrowing OwnedFD) throws {
        let status = try file.status()
        self.midstate = midstate
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        boot = BootID.current()
    }

    /// Nil when there is no valid state for this file in this boot.
    static func load(_ path: String, for file: borrowing OwnedFD) -> IngestState? {
        guard let stored = try? OwnedFD(opening: path, flags: O_RDONLY | O_NOFOLLOW),
            let bytes = try? stored.readAll(limit: 4096), let state = IngestState(serialized: bytes),
            let status = try? file.status(), state.device == UInt64(status.st_dev),
            state.inode == UInt64(status.st_ino), state.boot == BootID.current(),
            state.frontier <= Int64(status.st_size)
        else { return nil }
        return state
    }

    /// Magic, device, inode, length of the boot ID, boot ID, midstate, and the SHA-256 of all that.
    var serialized: [UInt8] {
        var bytes: [UInt8] = []
        for number in [Self.magic, device, inode, UInt64(boot.count)] {
            withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
        }
        bytes += boot
        bytes += midstate.serialized
        return bytes + SHA256Hasher.digest(of: bytes).bytes
    }

    init?(serialized bytes: [UInt8]) {
        guard bytes.count > 64 else { return nil }
        let content = Array(bytes.dropLast(32))
        guard SHA256Hasher.digest(of: content).bytes == Array(bytes.suffix(32)) else { return nil }
        let numbers = (0..<4).map { field in
            content[field * 8..<field * 8 + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        guard numbers[0] == Self.magic, let length = Int(exactly: numbers[3]), length <= content.count - 32,
            let midstate = SHA256Midstate(serialized: Array(content[(32 + length)...]))
        else { return nil }
        self.midstate = midstate
        device = numbers[1]
        inode = numbers[2]
        boot = Array(content[32..<32 + length])
    }
}
