// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI

/// Finds the images of an archive: by OCI's index, docker's manifest.json, or the `repositories` of docker before 1.10.
struct ArchiveImages {
    let contents: ArchiveContents
    let store: ImageStore
    let platform: Platform?
    /// Nil takes all images.
    var selection: ImageSelection?

    func all() throws -> [LoadableImage] {
        // An archive that is meant as docker's is read so, even if it is both.
        if selection?.location.transport != .dockerArchive, try contents.file(ImageLayout.fileName) != nil,
            try contents.file("index.json") != nil
        {
            return try ociImages()
        }
        if try contents.file("manifest.json") != nil { return try dockerImages() }
        if try contents.file("repositories") != nil { return try legacyImages() }
        throw EngineError(
            "open repositories: no such file or directory: the archive has no index.json, manifest.json or "
                + "repositories, so it is no image archive", phase: .stream)
    }

    /// A layer by its name in the archive.
    /// - Parameter mediaType: nil takes what the bytes are.
    func layer(_ path: String, mediaType: MediaType? = nil) throws -> LoadableLayer {
        switch try contents.file(path) {
        case .layer(let staged):
            let facts: LayerFacts
            do { facts = try staged.facts.get() } catch {
                throw EngineError("invalid archive: \(path) is no layer: \(error)", phase: .stream)
            }
            return LoadableLayer(
                descriptor: Descriptor(
                    mediaType: mediaType ?? staged.mediaType, digest: staged.file.digest, size: staged.file.size),
                facts: facts, staged: staged)
        case .stored(let digest, let size):
            guard let record = try store.blob(digest), let facts = record.facts else {
                throw StoreError.blobMissing(digest)
            }
            return LoadableLayer(
                descriptor: Descriptor(mediaType: mediaType ?? record.mediaType, digest: digest, size: size),
                facts: facts, staged: nil)
        case .document: throw EngineError("invalid archive: \(path) is no layer", phase: .stream)
        case nil: throw missing(path)
        }
    }

    func document(_ path: String, _ mediaType: MediaType) throws -> RawDocument {
        switch try contents.file(path) {
        case .document(let bytes, let digest): return RawDocument(bytes: bytes, mediaType: mediaType, digest: digest)
        case .layer, .stored: throw EngineError("invalid archive: \(path) is no JSON object", phase: .stream)
        case nil: throw missing(path)
        }
    }

    func config(_ document: RawDocument) throws -> ImageConfig {
        do { return try ImageConfig(parsing: document.bytes) } catch {
            throw EngineError("\(error)", phase: .stream)
        }
    }

    private func missing(_ path: String) -> EngineError {
        EngineError("invalid archive: \(path) is missing", phase: .stream)
    }
}
