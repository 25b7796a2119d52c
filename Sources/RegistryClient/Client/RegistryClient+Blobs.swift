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
        try await blob(descriptor, in: repository, range: offset..<max(offset, descriptor.size))
    }

    /// Opens a blob for the bytes of `range`. The stream may bring more: all from the start of the range when the
    /// server doesn't send parts, the whole blob when it ignores ranges.
    public func blob(
        _ descriptor: Descriptor, in repository: Repository, range: Range<Int64>
    ) async throws -> BlobStream {
        guard !range.isEmpty else {
            return BlobStream(
                start: descriptor.size, end: descriptor.size, total: descriptor.size, host: repository.domain,
                body: nil, line: nil)
        }
        let isPassedOver = { (endpoint: Endpoint) in
            self.passedOver.withLock { $0.contains(endpoint.address(of: descriptor, in: repository)) }
        }
        return try await atEndpoint(of: repository, for: .pull, except: isPassedOver) { endpoint in
            do {
                return try await open(descriptor, repository, range, endpoint)
            } catch let error as RegistryError {
                guard error.kind == .unknownBlob, descriptor.mediaType.isForeignLayer, descriptor.urls != nil else {
                    throw error
                }
                return try await foreignBlob(descriptor, range.lowerBound, endpoint)
            }
        }
    }

    /// Turns to the next endpoint for this blob, if a mirror sent `stream` and failed at it: it broke off, or the bytes
    /// were wrong.
    /// - Returns: false when there is nobody else to ask.
    public func passOver(_ stream: BlobStream) -> Bool {
        guard let mirror = stream.mirror else { return false }
        return passedOver.withLock { $0.insert(mirror).inserted }
    }

    private func open(
        _ descriptor: Descriptor, _ repository: Repository, _ range: Range<Int64>, _ endpoint: Endpoint
    ) async throws -> BlobStream {
        var range = range
        if range.upperBound < descriptor.size, !sendsParts(endpoint) { range = range.lowerBound..<descriptor.size }
        do {
            var stream = try await send(range, descriptor, repository, endpoint)
            if stream.end < stream.total {
                stream.parts = BlobParts(
                    client: self, descriptor: descriptor, repository: repository, endpoint: endpoint)
            } else if range.upperBound < descriptor.size {
                distrustParts(of: endpoint)
            }
            return stream
        } catch let error as RegistryError where error.isOddRange {
            if range.upperBound < descriptor.size {
                distrustParts(of: endpoint)
                return try await open(descriptor, repository, range.lowerBound..<descriptor.size, endpoint)
            }
            guard range.lowerBound > 0 else { throw error }
            return try await send(0..<descriptor.size, descriptor, repository, endpoint)
        }
    }

    /// A part, from a server that has proved that it sends parts.
    func part(_ range: Range<Int64>, of parts: BlobParts) async throws -> BlobStream {
        let stream = try await send(range, parts.descriptor, parts.repository, parts.endpoint)
        guard stream.start == range.lowerBound, stream.end == range.upperBound else {
            throw RegistryError(
                .rangeMismatch(asked: range.lowerBound, answered: "200"), host: parts.endpoint.base.authority)
        }
        return stream
    }

    private func sendsParts(_ endpoint: Endpoint) -> Bool {
        !endpoint.isMirror && withoutParts.withLock { !$0.contains(endpoint.base) }
    }

    func distrustParts(of endpoint: Endpoint) {
        withoutParts.withLock { _ = $0.insert(endpoint.base) }
    }

    private func send(
        _ range: Range<Int64>, _ descriptor: Descriptor, _ repository: Repository, _ endpoint: Endpoint
    ) async throws -> BlobStream {
        let address = endpoint.address(of: descriptor, in: repository)
        var stream = try await self.stream(
            answer(range, descriptor, repository, endpoint, address), descriptor, range)
        if endpoint.isMirror { stream.mirror = address }
        return stream
    }

    private func answer(
        _ range: Range<Int64>, _ descriptor: Descriptor, _ repository: Repository, _ endpoint: Endpoint,
        _ address: BlobAddress
    ) async throws -> RegistryAnswer {
        if range.lowerBound > 0, let url = storageTargets.withLock({ $0[address] }) {
            let answer = try await request(url: url, repository, descriptor, range, endpoint)
            if [200, 206, 416].contains(answer.status) { return answer }
            // Expired, as a rule: the registry signs a new one.
            storageTargets.withLock { _ = $0.removeValue(forKey: address) }
            await answer.response.drain()
        }
        let answer = try await request(url: nil, repository, descriptor, range, endpoint)
        if answer.isSuccess, answer.url.origin != endpoint.base.origin {
            let url = answer.url
            storageTargets.withLock { $0[address] = url }
        }
        return answer
    }

    private func request(
        url: HTTPURL?, _ repository: Repository, _ descriptor: Descriptor, _ range: Range<Int64>, _ endpoint: Endpoint
    ) async throws -> RegistryAnswer {
        let scopes = [AuthScope(path: repository.path, access: .pull)]
        let headers = Self.headers(for: range, of: descriptor)
        let request =
            url.map { RegistryRequest(.GET, url: $0, scopes: [], headers: headers) }
            ?? RegistryRequest(
                .GET, "\(repository.path)/blobs/\(descriptor.digest)", scopes: scopes, headers: headers)
        let answer = try await sender.send(request, to: endpoint)
        note(answer, repository)
        return answer
    }

    static func headers(for range: Range<Int64>, of descriptor: Descriptor) -> HTTPHeaders {
        if range.upperBound < descriptor.size { return ["Range": "bytes=\(range.lowerBound)-\(range.upperBound - 1)"] }
        return range.lowerBound > 0 ? ["Range": "bytes=\(range.lowerBound)-"] : [:]
    }

    /// Checks that the answer's head promises the bytes that were asked for.
    func stream(
        _ answer: RegistryAnswer, _ descriptor: Descriptor, _ range: Range<Int64>
    ) async throws -> BlobStream {
        var sent = 0..<descriptor.size
        switch answer.status {
        case 206:
            let text = answer.response.headers.first(name: "Content-Range") ?? ""
            guard let content = ContentRange(text), content.first == range.lowerBound,
                content.last == range.upperBound - 1
            else { throw answer.rangeMismatch(range, text) }
            if let total = content.total, total != descriptor.size {
                throw answer.failure(.sizeMismatch(expected: descriptor.size, actual: total))
            }
            sent = range
        case 200:
            break
        case 404:
            await answer.response.drain()
            throw answer.failure(.unknownBlob)
        case 416 where range != 0..<descriptor.size, 400 where range.upperBound < descriptor.size:
            await answer.response.drain()
            throw answer.rangeMismatch(range, "\(answer.status)")
        default:
            throw await answer.error()
        }
        if let length = answer.response.contentLength, length != Int64(sent.count) {
            let actual = descriptor.size - Int64(sent.count) + length
            throw answer.failure(.sizeMismatch(expected: descriptor.size, actual: actual))
        }
        return BlobStream(
            start: sent.lowerBound, end: sent.upperBound, total: descriptor.size, host: answer.host,
            body: answer.response.body, line: answer.line)
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
                let stream = try await blob(descriptor, in: repository)
                do {
                    return try await document(descriptor, stream)
                } catch let error as RegistryError {
                    guard passOver(stream) else { throw error }
                }
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

    private func document(_ descriptor: Descriptor, _ stream: BlobStream) async throws -> RawDocument {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(descriptor.size))
        for try await chunk in stream {
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        guard SHA256Hasher.digest(of: bytes) == descriptor.digest else {
            throw RegistryError(.digestMismatch(what: .config, expected: descriptor.digest, resumed: false))
        }
        return RawDocument(bytes: bytes, mediaType: descriptor.mediaType, digest: descriptor.digest)
    }
}
