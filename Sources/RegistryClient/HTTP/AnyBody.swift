// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// An upload's stream without its type: async-http-client takes concrete sequences only.
struct AnyBody: AsyncSequence, Sendable {
    private let base: any AsyncSequence<ByteBuffer, any Error> & Sendable

    init(_ base: any AsyncSequence<ByteBuffer, any Error> & Sendable) {
        self.base = base
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(base: base.makeAsyncIterator())
    }

    struct Iterator: AsyncIteratorProtocol {
        var base: any AsyncIteratorProtocol<ByteBuffer, any Error>

        mutating func next() async throws -> ByteBuffer? {
            try await base.next(isolation: nil)
        }
    }
}
