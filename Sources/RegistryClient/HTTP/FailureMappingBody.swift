// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore

/// An answer's body whose failures are `TransportFailure`s.
struct FailureMappingBody: AsyncSequence, Sendable {
    private let base: HTTPClientResponse.Body
    private let url: HTTPURL

    init(_ base: HTTPClientResponse.Body, url: HTTPURL) {
        self.base = base
        self.url = url
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator(), url: url)
    }

    struct Iterator: AsyncIteratorProtocol {
        var base: HTTPClientResponse.Body.AsyncIterator
        let url: HTTPURL

        mutating func next() async throws -> ByteBuffer? {
            try await next(isolation: #isolation)
        }

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            do {
                return try await base.next(isolation: actor)
            } catch {
                throw TransportErrorMapping.map(error, url: url)
            }
        }
    }
}
