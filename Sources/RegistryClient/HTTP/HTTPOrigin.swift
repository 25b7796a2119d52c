// SPDX-License-Identifier: Apache-2.0

/// Scheme, host and port. Another port of the same host is another origin: credentials don't follow there.
public struct HTTPOrigin: Hashable, Sendable, CustomStringConvertible {
    public let scheme: HTTPURL.Scheme
    public let host: String
    public let port: Int

    public var description: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(scheme.rawValue)://\(name):\(port)"
    }
}
