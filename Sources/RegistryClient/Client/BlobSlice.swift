// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// A part of a source as the body of a request.
struct BlobSlice: AsyncSequence, Sendable {
    private static let chunk: Int64 = 1 << 20

    let source: any BlobSource
    let range: Range<Int64>
    /// Told how far the blob has been handed over.
    let progress: @Sendable (Int64) -> Void

    func makeAsyncIterator() -> Iterator {
        Iterator(slice: self)
    }

    struct Iterator: AsyncIteratorProtocol {
        private let slice: BlobSlice
        private var position: Int64

        init(slice: BlobSlice) {
            self.slice = slice
            position = slice.range.lowerBound
        }

        mutating func next() async throws -> ByteBuffer? {
            guard position < slice.range.upperBound else { return nil }
            let count = Int(Swift.min(BlobSlice.chunk, slice.range.upperBound - position))
            let buffer = try await slice.source.read(at: position, count: count)
            guard buffer.readableBytes > 0, buffer.readableBytes <= count else {
                throw RegistryError(.shortBody(expected: slice.range.upperBound, actual: position))
            }
            position += Int64(buffer.readableBytes)
            slice.progress(position)
            return buffer
        }
    }
}
