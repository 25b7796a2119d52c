// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import NIOHTTP1
public import OCI

extension RegistryClient {
    /// The distribution spec lets registries refuse more than this; so do we.
    static let documentLimit = 4 << 20

    private static let manifestTypes: [MediaType] = [
        .dockerManifest, .dockerManifestList, .ociManifest, .ociIndex, .schema1Signed, .json,
    ]

    private static var acceptHeaders: HTTPHeaders {
        HTTPHeaders(manifestTypes.map { ("Accept", $0.rawValue) })
    }

    /// What the reference stands for: one HEAD for a tag, nothing at all for a digest.
    ///
    /// A registry that doesn't answer HEAD, or names no digest, is asked with GET, which also brings the text of an
    /// error.
    public func resolve(_ reference: Reference) async throws -> ResolvedManifest {
        if let digest = reference.digest {
            guard let sha256 = digest.sha256 else {
                throw RegistryError(.invalidDocument("unsupported digest algorithm: \(digest.algorithm)"))
            }
            return ResolvedManifest(
                reference: reference, digest: sha256, mediaType: nil, size: nil, document: nil)
        }
        let tag = reference.tag ?? Reference.defaultTag
        return try await retrying(.document, clock: clock) {
            try await atEndpoint(of: reference.repository, for: .resolve) { endpoint in
                try await resolve(reference, tag, at: endpoint)
            }
        }
    }

    private func resolve(
        _ reference: Reference, _ tag: String, at endpoint: Endpoint
    ) async throws -> ResolvedManifest {
        let answer = try await sendManifest(.HEAD, tag, reference.repository, endpoint)
        await answer.response.drain()
        if answer.isSuccess, let digest = Self.digest(answer) {
            return ResolvedManifest(
                reference: reference, digest: digest, mediaType: Self.contentType(answer),
                size: answer.response.contentLength, document: nil)
        }
        let manifest = try await get(tag, reference.repository, endpoint, expecting: nil)
        return ResolvedManifest(
            reference: reference, digest: manifest.document.digest, mediaType: manifest.contentType,
            size: Int64(manifest.document.bytes.count), document: manifest)
    }

    /// The document of a resolved reference, its digest checked. No request if resolving brought it already.
    public func manifest(_ resolved: ResolvedManifest) async throws -> FetchedManifest {
        if let document = resolved.document { return document }
        return try await manifest(resolved.digest, resolved.mediaType, in: resolved.reference.repository)
    }

    /// Resolves and fetches.
    public func manifest(_ reference: Reference) async throws -> FetchedManifest {
        try await manifest(try await resolve(reference))
    }

    /// The document a descriptor names, such as one of an index; size and digest are checked.
    public func manifest(_ descriptor: Descriptor, in repository: Repository) async throws -> FetchedManifest {
        let manifest = try await manifest(descriptor.digest, descriptor.mediaType, in: repository)
        let size = Int64(manifest.document.bytes.count)
        guard size == descriptor.size else {
            throw RegistryError(.sizeMismatch(expected: descriptor.size, actual: size))
        }
        return manifest
    }

    private func manifest(
        _ digest: Digest, _ mediaType: MediaType?, in repository: Repository
    ) async throws -> FetchedManifest {
        try await retrying(.document, clock: clock) {
            try await atEndpoint(of: repository, for: .pull) { endpoint in
                try await get(digest.description, repository, endpoint, expecting: (digest, mediaType))
            }
        }
    }

    private func get(
        _ name: String, _ repository: Repository, _ endpoint: Endpoint,
        expecting: (digest: Digest, mediaType: MediaType?)?
    ) async throws -> FetchedManifest {
        let answer = try await sendManifest(.GET, name, repository, endpoint)
        guard answer.isSuccess else { throw await answer.error() }
        if let encoding = answer.response.contentEncoding { throw answer.failure(.contentEncoding(encoding)) }
        let bytes = try await answer.collect(limit: Self.documentLimit)
        let digest = SHA256Hasher.digest(of: bytes)
        if let expected = expecting?.digest, expected != digest {
            throw answer.failure(.digestMismatch(what: .manifest, expected: expected, resumed: false))
        }
        let contentType = Self.contentType(answer)
        let mediaType = contentType ?? expecting?.mediaType ?? MediaType(rawValue: "")
        return FetchedManifest(
            document: RawDocument(bytes: bytes, mediaType: mediaType, digest: digest), contentType: contentType)
    }

    private func sendManifest(
        _ method: HTTPMethod, _ name: String, _ repository: Repository, _ endpoint: Endpoint
    ) async throws -> RegistryAnswer {
        let answer = try await sender.send(
            RegistryRequest(
                method, "\(repository.path)/manifests/\(name)",
                scopes: [AuthScope(path: repository.path, access: .pull)], headers: Self.acceptHeaders),
            to: endpoint)
        note(answer, repository)
        return answer
    }

    /// Nil for a missing or unusable header: then the body is hashed instead.
    private static func digest(_ answer: RegistryAnswer) -> Digest? {
        answer.response.headers.first(name: "Docker-Content-Digest").flatMap { try? Digest(parsing: $0) }
    }

    private static func contentType(_ answer: RegistryAnswer) -> MediaType? {
        answer.response.headers.first(name: "Content-Type").map { MediaType(contentType: $0) }
    }
}
