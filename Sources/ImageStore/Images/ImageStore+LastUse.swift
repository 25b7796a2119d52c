// SPDX-License-Identifier: Apache-2.0

import ByteStreams
public import DockerFormat
import Glibc
public import OCI

/// When an image was last used is the file time of its config's blob: noting a use costs one system call, no sync and no
/// lock, and the times outlive a lost catalog.
extension ImageStore {
    /// Notes a use, for prune policies. A clock that was set back takes no later use away; where the file's time can't be
    /// changed (a read-only store), nothing is noted.
    public func touch(image id: Digest) {
        let now = options.now()
        if lastUse(of: id) < now { setLastUse(of: id, now) }
    }

    /// The last pull, load, commit or start of a container; the beginning of time when there is no such image.
    public func lastUse(of id: Digest) -> Timestamp {
        var status = stat()
        guard lstat(layout.blob(id), &status) == 0 else { return .zero }
        return Timestamp(
            unixSeconds: Int64(status.st_mtim.tv_sec), nanosecond: Int32(truncatingIfNeeded: status.st_mtim.tv_nsec))
    }

    func setLastUse(of id: Digest, _ time: Timestamp) {
        let value = timespec(tv_sec: Int(time.unixSeconds), tv_nsec: Int(time.nanosecond))
        _ = utimensat(AT_FDCWD, layout.blob(id), [value, value], AT_SYMLINK_NOFOLLOW)
    }
}
