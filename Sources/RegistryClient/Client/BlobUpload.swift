// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1
import OCI

/// The upload of one blob to one endpoint: opens a session, sends, takes it up again where it broke, closes it.
struct BlobUpload: Sendable {
    private static let maximumCorrections = 3

    let sender: RequestSender
    let realms: RealmPolicy
    let endpoint: Endpoint
    let repository: Repository
    let descriptor: Descriptor
    let source: any BlobSource
    let progress: @Sendable (Int64) -> Void

    private var scopes: [AuthScope] { [AuthScope(path: repository.path, access: .pushAndPull)] }
    private var uploads: String { "\(repository.path)/blobs/uploads/" }

    /// Asks the registry to take the blob from another of its repositories.
    /// - Returns: nil when it did; otherwise the session it opened instead.
    func mount(from other: Repository) async throws -> UploadSession? {
        let query = "?mount=\(PercentEncoding.query(descriptor.digest.description))"
        let answer = try await sender.send(
            RegistryRequest(
                .POST, "\(uploads)\(query)&from=\(PercentEncoding.query(other.path))",
                scopes: scopes + [AuthScope(path: other.path, access: .pull)], headers: ["Content-Length": "0"]),
            to: endpoint)
        if answer.status == 201 {
            await answer.response.drain()
            return nil
        }
        return try await session(answer)
    }

    func open() async throws -> UploadSession {
        let answer = try await sender.send(
            RegistryRequest(.POST, uploads, scopes: scopes, headers: ["Content-Length": "0"]), to: endpoint)
        return try await session(answer)
    }

    private func session(_ answer: RegistryAnswer) async throws -> UploadSession {
        guard answer.status == 202 else { throw await answer.error() }
        await answer.response.drain()
        var session = UploadSession(location: try await location(answer))
        let minimum = answer.response.headers.first(name: "OCI-Chunk-Min-Length").flatMap { Int64($0) } ?? 0
        session.minimumChunk = min(max(0, minimum), 1 << 30)
        return session
    }

    /// Sends what the registry hasn't got yet.
    func send(_ session: inout UploadSession) async throws {
        var corrections = 0
        while session.offset < descriptor.size {
            let range = session.next(descriptor.size)
            let answer = try await sender.send(patch(range, session), to: endpoint)
            switch answer.status {
            case 201, 202, 204:
                await answer.response.drain()
                session.location = try await location(answer)
                session.offset = range.upperBound
            case 413 where session.chunk == nil:
                await answer.response.drain()
                session.chunk = UploadSession.defaultChunk
            case 416 where corrections < Self.maximumCorrections:
                // The registry has another number of bytes than it seemed: its own word counts.
                let error = await answer.error()
                guard let actual = try await status(session), actual.offset != session.offset else { throw error }
                session = actual
                corrections += 1
            default:
                throw await answer.error()
            }
        }
    }

    private func patch(_ range: Range<Int64>, _ session: UploadSession) -> RegistryRequest {
        var headers: HTTPHeaders = ["Content-Type": "application/octet-stream"]
        // Like docker, a whole blob goes without: some registries take `Content-Range` for a part only.
        if range.lowerBound > 0 || range.upperBound < descriptor.size {
            headers.add(name: "Content-Range", value: "\(range.lowerBound)-\(range.upperBound - 1)")
        }
        var request = RegistryRequest(.PATCH, url: session.location, scopes: scopes, headers: headers)
        let slice = BlobSlice(source: source, range: range, progress: progress)
        request.body = { .stream(slice, length: Int64(range.count)) }
        return request
    }

    /// Asks how far a broken upload has come.
    /// - Returns: nil when the registry knows nothing of it any more.
    func status(_ session: UploadSession) async throws -> UploadSession? {
        let answer = try await sender.send(
            RegistryRequest(.GET, url: session.location, scopes: scopes), to: endpoint)
        await answer.response.drain()
        guard answer.isSuccess, let received = UploadSession.received(answer.response.headers.first(name: "Range")),
            received <= descriptor.size
        else { return nil }
        var session = session
        session.offset = received
        if answer.response.headers.contains(name: "Location") { session.location = try await location(answer) }
        return session
    }

    func close(_ session: UploadSession) async throws {
        let url = session.location.appending(query: "digest", descriptor.digest.description)
        let answer = try await sender.send(
            RegistryRequest(.PUT, url: url, scopes: scopes, headers: ["Content-Length": "0"]), to: endpoint)
        guard answer.isSuccess else { throw await answer.error() }
        await answer.response.drain()
        guard let said = answer.response.headers.first(name: "Docker-Content-Digest") else { return }
        guard said == descriptor.digest.description else {
            throw answer.failure(.uploadRefused("the registry stored \(descriptor.digest) under another digest"))
        }
    }

    /// Best effort: an abandoned session costs the registry space until it expires.
    func cancel(_ session: UploadSession) async {
        let request = RegistryRequest(.DELETE, url: session.location, scopes: scopes)
        await (try? sender.send(request, to: endpoint))?.response.drain()
    }

    /// Where the upload goes on. It may be another host, which then gets no credentials.
    private func location(_ answer: RegistryAnswer) async throws -> HTTPURL {
        guard let text = answer.response.headers.first(name: "Location"),
            let url = answer.line.url.resolving(text)
        else { throw answer.failure(.protocolViolation("the registry's answer to an upload has no usable Location")) }
        if url.scheme == .http, endpoint.base.scheme == .https {
            // A registry behind a proxy that ends TLS believes it is spoken to in plain text.
            guard url.host == endpoint.base.host else {
                throw answer.failure(.redirectRefused(url: url.redacted, reason: .downgrade))
            }
            return endpoint.base.replacing(target: url.target)
        }
        try await realms.checkReach(url, from: endpoint.base)
        return url
    }
}
