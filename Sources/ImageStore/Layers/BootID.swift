// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc

/// Tells one boot of the machine from another: what was written and not synced is whole in the same boot only.
enum BootID {
    /// Empty when the kernel does not tell.
    static func current() -> [UInt8] {
        guard let file = try? OwnedFD(opening: "/proc/sys/kernel/random/boot_id", flags: O_RDONLY),
            let text = try? file.readAll(limit: 256)
        else { return [] }
        return text
    }
}
