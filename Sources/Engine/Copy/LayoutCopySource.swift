// SPDX-License-Identifier: Apache-2.0
import OCI

import protocol RegistryClient.BlobSource

/// An image in an OCI layout directory.
struct LayoutCopySource: CopySource {
    let directory: LayoutDirectory
    let selection: ImageSelection
    let pool: BlockingPool

    func root() async throws -> RawDocument {
        let (directory, selection) = (directory, selection)
        return try await pool.run {
            try directory.document(selection.choose(from: directory.index().manifests)[0])
        }
    }

    func document(_ descriptor: Descriptor) async throws -> RawDocument {
        let directory = directory
        return try await pool.run { try directory.document(descriptor) }
    }

    func blob(_ descriptor: Descriptor, countdown: @escaping @Sendable (Int) -> Void) -> any BlobSource {
        let directory = directory
        return FileBlob(pool: pool) { try directory.open(descriptor.digest) }
    }
}

extension ImageSelection {
    /// The entries of a layout's index that are the image; never none.
    func choose(from descriptors: [Descriptor]) throws(EngineError) -> [Descriptor] {
        try choose(from: descriptors, names: \.names, identity: \.digest)
    }
}

extension Descriptor {
    /// What a layout's index calls an image.
    fileprivate var names: [String] {
        [ArchiveIndex.nameAnnotation, ArchiveIndex.tagAnnotation].compactMap { annotations?[$0] }.filter { $0 != "" }
    }
}
