// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc
import ImageStore
import OCI

extension FileBlob {
    /// A blob of the store as the source of an upload: the registry verifies it.
    init(_ digest: Digest, of store: ImageStore, pool: BlockingPool) {
        let path = store.blobPath(digest)
        self.init(pool: pool) { try OwnedFD(opening: path, flags: O_RDONLY | O_NOFOLLOW) }
    }
}
