// SPDX-License-Identifier: Apache-2.0

/// Whom a connection trusts and what it shows of itself. One connection pool per value, so that a client certificate
/// is never offered to a host it isn't meant for.
public struct TLSIdentity: Sendable, Hashable {
    /// PEM files, in addition to the system's roots.
    public var authorities: [[UInt8]]
    public var clientCertificate: ClientCertificate?
    /// False only for registries listed as insecure.
    public var verifiesServer: Bool

    /// The system's roots, no client certificate.
    public static let system = TLSIdentity(authorities: [], clientCertificate: nil, verifiesServer: true)

    /// For a host that the registry sends its clients to: the authorities count there, too, as they do for docker (a
    /// storage server of the same private authority is the usual case); the certificate is none of its business, and it
    /// is verified whatever holds for the registry.
    var forOtherHosts: TLSIdentity {
        TLSIdentity(authorities: authorities, clientCertificate: nil, verifiesServer: true)
    }

    public init(authorities: [[UInt8]], clientCertificate: ClientCertificate?, verifiesServer: Bool) {
        self.authorities = authorities
        self.clientCertificate = clientCertificate
        self.verifiesServer = verifiesServer
    }
}
