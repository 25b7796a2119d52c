// SPDX-License-Identifier: Apache-2.0

public import NIOCore

/// The bytes of a blob from `start` to `end`, as they arrive.
///
/// Reading is what makes more arrive: a reader that waits stops the sender. The stream ends exactly at `end`, or
/// throws: `shortBody`, `longBody`, `transport`. Whether the bytes are the right ones is for the reader to hash.
/// It can be read once; dropping it closes the connection.
public struct BlobStream: AsyncSequence, Sendable {
    public typealias Element = ByteBuffer

    /// Where the bytes begin: the offset that was asked for, or 0 when the server sends the whole blob regardless, and
    /// what the caller has must be thrown away.
    public let start: Int64
    /// Where they end: at the end of the blob, unless only a part was asked for and the server sends that.
    public let end: Int64
    /// The blob's size in bytes.
    public let total: Int64
    /// `host[:port]` that sends them.
    public let host: String
    /// Set when the server has just proved that it sends parts.
    public var parts: BlobParts?

    /// The mirror that sends them; nil for the registry itself.
    var mirror: BlobAddress?

    let body: TransportResponse.Body?
    let line: RequestLine?

    public func makeAsyncIterator() -> Iterator {
        Iterator(stream: self)
    }

    public struct Iterator: AsyncIteratorProtocol {
        private var body: (any AsyncIteratorProtocol<ByteBuffer, any Error>)?
        private let stream: BlobStream
        private var position: Int64

        init(stream: BlobStream) {
            self.stream = stream
            body = stream.body.map { $0.makeAsyncIterator() }
            position = stream.start
        }

        public mutating func next() async throws -> ByteBuffer? {
            try await next(isolation: #isolation)
        }

        public mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            guard let chunk = try await read(actor) else {
                body = nil
                guard position == stream.end else { throw tooShort }
                return nil
            }
            position += Int64(chunk.readableBytes)
            guard position <= stream.end else {
                body = nil
                throw RegistryError(.longBody(expected: stream.end), host: stream.host)
            }
            return chunk
        }

        private mutating func read(_ actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            do {
                return try await body?.next(isolation: actor)
            } catch TransportFailure.closed {
                throw tooShort
            } catch let failure as TransportFailure {
                throw RegistryError(.transport(failure), request: stream.line, host: stream.host)
            }
        }

        private var tooShort: RegistryError {
            RegistryError(.shortBody(expected: stream.end, actual: position), host: stream.host)
        }
    }
}
