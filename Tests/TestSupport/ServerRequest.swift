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

    /// The start of `Range: bytes=N-`.
    public var rangeStart: Int? {
        guard let range = header("Range"), range.hasPrefix("bytes="), range.hasSuffix("-") else { return nil }
        return Int(range.dropFirst(6).dropLast())
    }
}
