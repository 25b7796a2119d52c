// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import OCI

extension CopyOperation {
    /// What is to be copied, its documents fetched.
    struct Content {
        let root: RawDocument
        /// Below an index its manifests, before it.
        let documents: [RawDocument]
        /// Every layer and config, each once.
        let blobs: [Descriptor]
    }

    private typealias Part = (document: RawDocument, manifest: Manifest)

    func content(of root: RawDocument) async throws -> Content {
        switch try parse(root) {
        case .manifest(let manifest): return Self.content(root, [(root, manifest)])
        case .index(let index):
            switch choice {
            case .all:
                let parts = try await mapBounded(index.manifests, limit: limit) { try await part($0) }
                return Self.content(root, parts)
            case .platform(let platform):
                guard let chosen = platform.select(from: index.manifests) else {
                    throw EngineError(
                        "no matching manifest for \(platform.normalized()) in the manifest list entries",
                        phase: .stream)
                }
                let part = try await part(chosen)
                return Self.content(part.document, [part])
            }
        }
    }

    private func part(_ descriptor: Descriptor) async throws -> Part {
        let document = try await source.document(descriptor)
        guard case .manifest(let manifest) = try parse(document) else {
            throw EngineError("unsupported manifest format: an index inside an index", phase: .stream)
        }
        return (document, manifest)
    }

    private static func content(_ root: RawDocument, _ parts: [Part]) -> Content {
        var seen: Set<Digest> = [root.digest]
        let children = parts.map(\.document).filter { seen.insert($0.digest).inserted }
        var known: Set<Digest> = []
        let blobs = parts.flatMap { $0.manifest.layers.reversed() + [$0.manifest.config] }
        return Content(
            root: root, documents: children + [root], blobs: blobs.filter { known.insert($0.digest).inserted })
    }

    private func parse(_ document: RawDocument) throws -> ManifestDocument {
        do {
            return try ManifestDocument.parse(document.bytes, contentType: document.mediaType)
        } catch {
            throw EngineError("\(document.digest): \(error)", phase: .stream)
        }
    }
}
