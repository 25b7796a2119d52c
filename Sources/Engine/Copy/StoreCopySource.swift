// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI

import protocol RegistryClient.BlobSource

/// An image of the store, or of an index what the store has of it.
struct StoreCopySource: CopySource {
    let store: ImageStore
    let content: ImageContent
    let pool: BlockingPool

    func root() async throws -> RawDocument {
        content.root
    }

    func document(_ descriptor: Descriptor) async throws -> RawDocument {
        guard let document = content.documents.first(where: { $0.digest == descriptor.digest }) else {
            throw StoreError.blobMissing(descriptor.digest)
        }
        return document
    }

    func blob(_ descriptor: Descriptor, countdown: @escaping @Sendable (Int) -> Void) -> any BlobSource {
        FileBlob(descriptor.digest, of: store, pool: pool)
    }
}
