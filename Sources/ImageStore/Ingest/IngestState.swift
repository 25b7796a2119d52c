// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc
import OCI

/// The saved hash of a partial download, `ingest/<hex>.state`.
///
/// The hash vouches for bytes that were handed to the kernel, not for bytes on the disk: nothing is fsynced before the
/// commit. So it counts only for the same file during the same boot of the machine; after a power failure the partial
/// is hashed again from its beginning, which reads the disk and fetches nothing.
///
/// Of a sparse partial, one that several connections fill at once, only the bytes up to the frontier and the ranges
/// listed here are worth anything; of another, all that is in the file.
struct IngestState: Equatable {
    /// More are not kept: what they hold is fetched again.
    private static let maximumRanges = 64
    private static let magic: UInt64 = 0x646c_6974_696e_6701

    /// Bytes of the partial that the hash covers.
    var frontier: Int64 { Int64(clamping: midstate.byteCount) }
    let midstate: SHA256Midstate
    let device: UInt64
    let inode: UInt64
    let boot: [UInt8]
    let isSparse: Bool
    /// Written beyond the frontier.
    let ahead: ByteRanges

    init(midstate: SHA256Midstate, isSparse: Bool, ahead: ByteRanges, of file: borrowing OwnedFD) throws {
        let status = try file.status()
        self.midstate = midstate
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        boot = BootID.current()
        self.isSparse = isSparse
        self.ahead = ahead
    }

    /// Nil when there is no valid state for this file in this boot.
    static func load(_ path: String, for file: borrowing OwnedFD) -> IngestState? {
        guard let stored = try? OwnedFD(opening: path, flags: O_RDONLY | O_NOFOLLOW),
            let bytes = try? stored.readAll(limit: 4096), let state = IngestState(serialized: bytes),
            let status = try? file.status(), state.device == UInt64(status.st_dev),
            state.inode == UInt64(status.st_ino), state.boot == BootID.current(),
            state.frontier <= Int64(status.st_size),
            state.ahead.ranges.allSatisfy({ $0.lowerBound >= state.frontier && $0.upperBound <= status.st_size })
        else { return nil }
        return state
    }

    /// Magic, device, inode, length of the boot ID, whether it is sparse, number of ranges, the ranges, boot ID,
    /// midstate, and the SHA-256 of all that.
    var serialized: [UInt8] {
        let kept = ahead.ranges.prefix(Self.maximumRanges)
        var numbers = [Self.magic, device, inode, UInt64(boot.count), isSparse ? 1 : 0, UInt64(kept.count)]
        for range in kept { numbers += [UInt64(range.lowerBound), UInt64(range.upperBound)] }
        var bytes: [UInt8] = []
        for number in numbers {
            withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
        }
        bytes += boot
        bytes += midstate.serialized
        return bytes + SHA256Hasher.digest(of: bytes).bytes
    }

    init?(serialized bytes: [UInt8]) {
        guard bytes.count > 80 else { return nil }
        let content = Array(bytes.dropLast(32))
        guard SHA256Hasher.digest(of: content).bytes == Array(bytes.suffix(32)) else { return nil }
        func number(_ field: Int) -> UInt64 {
            content[field * 8..<field * 8 + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        guard number(0) == Self.magic, number(5) <= UInt64(Self.maximumRanges) else { return nil }
        let rangeCount = Int(number(5))
        let head = 48 + rangeCount * 16
        guard head <= content.count, let length = Int(exactly: number(3)), length <= content.count - head,
            let midstate = SHA256Midstate(serialized: Array(content[(head + length)...]))
        else { return nil }
        var ahead = ByteRanges()
        for index in 0..<rangeCount {
            guard let lower = Int64(exactly: number(6 + 2 * index)), let upper = Int64(exactly: number(7 + 2 * index)),
                lower < upper
            else { return nil }
            ahead.insert(lower..<upper)
        }
        self.midstate = midstate
        self.ahead = ahead
        isSparse = number(4) != 0
        device = number(1)
        inode = number(2)
        boot = Array(content[head..<head + length])
    }
}
