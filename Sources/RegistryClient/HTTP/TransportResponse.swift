// SPDX-License-Identifier: Apache-2.0

public import NIOCore
public import NIOHTTP1

/// An answer whose body is still on its way: dropping the value closes the connection.
public struct TransportResponse: Sendable {
    public typealias Body = any AsyncSequence<ByteBuffer, any Error> & Sendable

    public let status: Int
    public let headers: HTTPHeaders
    public let body: Body

    public init(status: Int, headers: HTTPHeaders, body: Body) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    var isSuccess: Bool { (200..<300).contains(status) }

    /// Nil unless there is exactly one sensible `Content-Length`.
    var contentLength: Int64? {
        let values = Set(headers["Content-Length"])
        guard values.count == 1, let length = values.first.flatMap({ Int64($0) }), length >= 0 else { return nil }
        return length
    }

    /// The whole body, or an error once it is larger than `limit` bytes.
    func collect(limit: Int) async throws -> [UInt8] {
        if let length = contentLength, length > limit { throw RegistryError(.bodyTooLarge(limit: limit)) }
        var bytes: [UInt8] = []
        for try await chunk in body {
            guard bytes.count + chunk.readableBytes <= limit else {
                throw RegistryError(.bodyTooLarge(limit: limit))
            }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        return bytes
    }

    /// Reads up to `limit` bytes, so that the connection can be used again; what doesn't fit is left to be closed.
    func drain(limit: Int = ErrorResponse.bodyLimit) async {
        _ = try? await collect(limit: limit)
    }
}

extension TransportResponse {
    /// Nil when the content came as it is.
    var contentEncoding: String? {
        let encoding = headers.first(name: "Content-Encoding")?.lowercased() ?? ""
        return encoding.isEmpty || encoding == "identity"
            ? nil : ErrorResponse.printable(Array(encoding.utf8.prefix(50)))
    }
}
