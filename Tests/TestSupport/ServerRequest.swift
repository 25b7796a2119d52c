// SPDX-License-Identifier: Apache-2.0

/// A request as a `FaultServer` received it.
public struct ServerRequest: Sendable {
    public let method: String
    /// Path and query as they came.
    public let target: String
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]
    /// Whether the connection had shown a client certificate.
    public let hasClientCertificate: Bool

    public init(
        method: String, target: String, headers: [(name: String, value: String)], body: [UInt8],
        hasClientCertificate: Bool
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.hasClientCertificate = hasClientCertificate
    }

    public var path: String { String(target.prefix { $0 != "?" }) }

    /// The value of a query's item, as it came.
    public func query(_ name: String) -> [String] {
        guard let mark = target.firstIndex(of: "?") else { return [] }
        return target[target.index(after: mark)...].split(separator: "&").compactMap { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 && parts[0] == name ? String(parts[1]) : nil
        }
    }

    public func header(_ name: String) -> String? {
        headers.last { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// `Range: bytes=N-` or `bytes=N-M`; `last` is nil for the former.
    public var range: (first: Int, last: Int?)? {
        guard let text = header("Range"), text.hasPrefix("bytes=") else { return nil }
        let bounds = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2, let first = Int(bounds[0]) else { return nil }
        if bounds[1].isEmpty { return (first, nil) }
        return Int(bounds[1]).map { (first, $0) }
    }

    public var rangeStart: Int? { range?.first }
}
