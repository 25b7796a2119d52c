// SPDX-License-Identifier: Apache-2.0

/// How long to wait for what. There is no limit on the whole of a download.
public struct RegistryTimeouts: Sendable, Hashable {
    /// Name, connection and TLS handshake.
    public var connect: Duration = .seconds(30)
    /// Between two pieces of an answer.
    public var idleRead: Duration = .seconds(60)
    /// A token server's whole answer.
    public var token: Duration = .seconds(15)

    public init() {}
}
