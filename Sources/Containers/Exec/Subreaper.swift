// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc
import Synchronization

/// While a value of this type lives, programs that a helper started and left become children of this process
/// (prctl(2), PR_SET_CHILD_SUBREAPER).
struct Subreaper: ~Copyable {
    // An attribute of the process, so its users are counted for the process.
    private static let users = Mutex(0)

    init() throws(IOError) {
        let error = Self.users.withLock { users in
            guard users > 0 || clinux_set_child_subreaper(1) == 0 else { return errno }
            users += 1
            return 0
        }
        if error != 0 { throw IOError(errno: error, operation: "become subreaper") }
    }

    deinit {
        Self.users.withLock { users in
            users -= 1
            if users == 0 { _ = clinux_set_child_subreaper(0) }
        }
    }
}
