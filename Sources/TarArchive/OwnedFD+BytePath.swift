// SPDX-License-Identifier: Apache-2.0
public import ByteStreams
import Glibc

extension OwnedFD {
    /// `open(2)` with `O_CLOEXEC`.
    public init(opening path: BytePath, flags: Int32, mode: UInt32 = 0o600) throws(IOError) {
        while true {
            let descriptor = path.withCString { open($0, flags | O_CLOEXEC, mode) }
            if descriptor >= 0 {
                self.init(adopting: descriptor)
                return
            }
            let error = errno
            guard error == EINTR else { throw IOError(errno: error, operation: "open", path: path.text) }
        }
    }
}
