// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import ImageStore
import OCI
import RegistryClient

extension PullOperation {
    /// Finds what `reference` points to now. An unchanged tag costs this one round trip: what the store holds is read
    /// from there.
    func resolveRoot(_ reference: Reference) async throws -> RawDocument {
        do {
            let resolved = try await registry.resolve(reference)
            if let local = try await localDocument(resolved.digest) { return local }
            let document = try await registry.manifest(resolved).document
            // docker reads the document before it says a word of the pull.
            do { _ = try JSONParser.parse(document.bytes) } catch { throw EngineError("\(error)") }
            return document
        } catch let error as RegistryError {
            throw EngineError(error.pullDescription(for: reference))
        }
    }

    /// Chooses the platform's image out of `root` and keeps the documents in the store.
    func documents(of root: RawDocument, reference: Reference, lease: Lease) async throws -> ImageDocuments {
        let rootDescriptor = try await keep(root, reference: reference, lease: lease)
        switch try parse(root) {
        case .manifest(let manifest):
            return ImageDocuments(root: rootDescriptor, manifest: manifest, manifestDescriptor: rootDescriptor)
        case .index(let index):
            let wanted = request.platform ?? .host
            guard let chosen = wanted.select(from: index.manifests) else {
                throw EngineError(
                    "no matching manifest for \(wanted.normalized()) in the manifest list entries", phase: .stream)
            }
            let document = try await child(chosen, reference: reference)
            guard case .manifest(let manifest) = try parse(document) else {
                throw EngineError("unsupported manifest format: an index inside an index", phase: .stream)
            }
            let descriptor = try await keep(document, reference: reference, lease: lease)
            return ImageDocuments(root: rootDescriptor, manifest: manifest, manifestDescriptor: descriptor)
        }
    }

    /// The image's config, from the store or the registry.
    func config(_ descriptor: Descriptor, reference: Reference, lease: Lease) async throws -> ImageConfig {
        let document: RawDocument
        if let local = try await localDocument(descriptor.digest) {
            document = local
        } else {
            document = try await streaming { try await registry.config(descriptor, in: reference.repository) }
        }
        // A local one, too: without the lease another process's removal may take it before this pull publishes.
        _ = try await keep(document, reference: reference, lease: lease)
        do {
            return try ImageConfig(parsing: document.bytes)
        } catch {
            throw EngineError("\(error)", phase: .stream)
        }
    }

    private func child(_ descriptor: Descriptor, reference: Reference) async throws -> RawDocument {
        if let local = try await localDocument(descriptor.digest) { return local }
        return try await streaming { try await registry.manifest(descriptor, in: reference.repository).document }
    }

    private func parse(_ document: RawDocument) throws -> ManifestDocument {
        do {
            return try ManifestDocument.parse(document.bytes, contentType: document.mediaType)
        } catch {
            let name = request.reference.withDefaultTag().canonical
            throw EngineError(error.text(reference: name), phase: .stream)
        }
    }

    /// A document the store holds whole; a damaged one counts as missing, so that the pull heals it.
    private func localDocument(_ digest: Digest) async throws -> RawDocument? {
        let store = store
        return try await pool.run {
            guard let record = try store.blob(digest), let bytes = try? store.readBlob(digest) else { return nil }
            return RawDocument(bytes: bytes, mediaType: record.mediaType, digest: digest)
        }
    }

    private func keep(_ document: RawDocument, reference: Reference, lease: Lease) async throws -> Descriptor {
        let store = store
        let source = BlobSource(host: reference.domain, repository: reference.path)
        try await pool.run {
            try store.putBlob(
                document.bytes, digest: document.digest, mediaType: document.mediaType, source: source, lease: lease)
        }
        return Descriptor(mediaType: document.mediaType, digest: document.digest, size: Int64(document.bytes.count))
    }

    /// Runs a request whose failure docker reports inside the stream.
    func streaming<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as RegistryError {
            throw EngineError(error.description, phase: .stream)
        }
    }
}
