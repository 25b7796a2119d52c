// SPDX-License-Identifier: Apache-2.0

/// Method and URL of a request, as docker's texts show them.
public struct RequestLine: Sendable, Hashable, CustomStringConvertible {
    public let method: String
    public let url: HTTPURL

    public init(method: String, url: HTTPURL) {
        self.method = method
        self.url = url
    }

    /// Go writes the method with one capital: `Head "http://localhost:5000/v2/": `. Queries are hidden.
    public var description: String {
        "\(method.prefix(1))\(method.dropFirst().lowercased()) \"\(url.redacted)\""
    }
}
