// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import NIOCore
import NIOHTTP1
public import OCI
import Synchronization

extension RegistryClient {
    /// Opens a blob at `offset`. One attempt: what to do about an error decides `RetryPolicy`.
    ///
    /// - Parameter offset: in bytes; sent as `Range` if it isn't 0.
    public func blob(
        _ descriptor: Descriptor, in repository: Repository, offset: Int64 = 0
    ) async throws -> BlobStream {
        guard offset < descriptor.size else {
            return BlobStream(
                start: descriptor.size, total: descriptor.size, host: repository.domain, body: nil, line: nil)
        }
        return try await atEndpoint(of: repository, for: .pull) { endpoint in
            do {
                return try await open(descriptor, repository, offset, endpoint)
            } catch let error as RegistryError {
                guard error.kind == .unknownBlob, descriptor.mediaType.isForeignLayer, descriptor.urls != nil else {
                    throw error
                }
                return try await foreignBlob(descriptor, offset, endpoint)
            }
        }
    }

    private func open(
        _ descriptor: Descriptor, _ repository: Repository, _ offset: Int64, _ endpoint: Endpoint
    ) async throws -> BlobStream {
        let target = StorageTarget(endpoint: endpoint.base, path: repository.path, digest: descriptor.digest)
        if offset > 0, let url = storageTargets.withLock({ $0[target] }) {
            let answer = try await request(url: url, repository, descriptor, offset, endpoint)
            if [200, 206, 416].contains(answer.status) { return try await stream(answer, descriptor, offset) }
            // Expired, as a rule: the registry signs a new one.
            storageTargets.withLock { _ = $0.removeValue(forKey: target) }
            await answer.response.drain()
        }
        var answer = try await request(url: nil, repository, descriptor, offset, endpoint)
        if answer.status == 416 {
            await answer.response.drain()
            answer = try await request(url: nil, repository, descriptor, 0, endpoint)
        }
        if answer.isSuccess, answer.url.origin != endpoint.base.origin {
            let url = answer.url
            storageTargets.withLock { $0[target] = url }
        }
        return try await stream(answer, descriptor, offset)
    }

    private func request(
        url: HTTPURL?, _ repository: Repository, _ descriptor: Descriptor, _ offset: Int64, _ endpoint: Endpoint
    ) async throws -> RegistryAnswer {
        let scopes = [AuthScope(path: repository.path, access: .pull)]
        let headers: HTTPHeaders = offset > 0 ? ["Range": "bytes=\(offset)-"] : [:]
        let request =
            url.map { RegistryRequest(.GET, url: $0, scopes: [], headers: headers) }
            ?? RegistryRequest(
                .GET, "\(repository.path)/blobs/\(descriptor.digest)", scopes: scopes, headers: headers)
        let answer = try await sender.send(request, to: endpoint)
        note(answer, repository)
        return answer
    }

    /// Checks that the answer's head promises the bytes that were asked for.
    func stream(
        _ answer: RegistryAnswer, _ descriptor: Descriptor, _ offset: Int64
    ) async throws -> BlobStream {
        var start: Int64 = 0
        switch answer.status {
        case 206:
            let text = answer.response.headers.first(name: "Content-Range") ?? ""
            guard let range = ContentRange(text), range.first == offset, range.last == descriptor.size - 1 else {
                throw answer.failure(.rangeMismatch(asked: offset, answered: ErrorResponse.printable(Array(text.utf8))))
            }
            if let total = range.total, total != descriptor.size {
                throw answer.failure(.sizeMismatch(expected: descriptor.size, actual: total))
            }
            start = offset
        case 200:
            break
        case 404:
            await answer.response.drain()
            throw answer.failure(.unknownBlob)
        default:
            throw await answer.error()
        }
        if let length = answer.response.contentLength, length != descriptor.size - start {
            throw answer.failure(.sizeMismatch(expected: descriptor.size, actual: length + start))
        }
        return BlobStream(
            start: start, total: descriptor.size, host: answer.host, body: answer.response.body, line: answer.line)
    }

    /// Whether the registry has the blob.
    public func blobExists(_ descriptor: Descriptor, in repository: Repository) async throws -> Bool {
        try await blobExists(descriptor, in: repository, access: .pull)
    }

    /// - Parameter access: what the repository's token is for; a push asks with the token it needs next anyway.
    func blobExists(
        _ descriptor: Descriptor, in repository: Repository, access: AuthScope.Access
    ) async throws -> Bool {
        let capability: Endpoint.Capabilities = access == .pull ? .pull : .push
        return try await retrying(.document, clock: clock) {
            try await atEndpoint(of: repository, for: capability) { endpoint in
                let answer = try await sender.send(
                    RegistryRequest(
                        .HEAD, "\(repository.path)/blobs/\(descriptor.digest)",
                        scopes: [AuthScope(path: repository.path, access: access)]),
                    to: endpoint)
                note(answer, repository)
                await answer.response.drain()
                if answer.status == 404 { return false }
                guard answer.isSuccess else { throw await answer.error() }
                return true
            }
        }
    }

    /// An image's configuration, size and digest checked; fails with docker's text after docker's number of attempts.
    public func config(_ descriptor: Descriptor, in repository: Repository) async throws -> RawDocument {
        guard descriptor.size <= Self.documentLimit else {
            throw RegistryError(.bodyTooLarge(limit: Self.documentLimit))
        }
        var policy = RetryPolicy.config
        while true {
            do {
                return try await fetch(descriptor, repository)
            } catch let error as RegistryError {
                switch policy.next(after: error) {
                case .retry(let pause): try await clock.sleep(pause)
                case .stop(let error):
                    guard error.disposition == .retry else { throw error }
                    throw RegistryError(.pullConfigFailed(attempts: policy.attempts, cause: error))
                }
            }
        }
    }

    private func fetch(_ descriptor: Descriptor, _ repository: Repository) async throws -> RawDocument {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(descriptor.size))
        for try await chunk in try await blob(descriptor, in: repository) {
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        guard SHA256Hasher.digest(of: bytes) == descriptor.digest else {
            throw RegistryError(.digestMismatch(what: .config, expected: descriptor.digest, resumed: false))
        }
        return RawDocument(bytes: bytes, mediaType: descriptor.mediaType, digest: descriptor.digest)
    }
}
