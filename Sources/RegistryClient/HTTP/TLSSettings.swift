// SPDX-License-Identifier: Apache-2.0

import NIOSSL

/// A `TLSIdentity` for NIOSSL.
enum TLSSettings {
    /// - Throws: `TransportFailure` when a certificate or key can't be read.
    static func configuration(for identity: TLSIdentity) throws(TransportFailure) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if !identity.verifiesServer { configuration.certificateVerification = .none }
        do {
            let authorities = try identity.authorities.flatMap { try NIOSSLCertificate.fromPEMBytes($0) }
            if !authorities.isEmpty { configuration.additionalTrustRoots = [.certificates(authorities)] }
        } catch {
            throw .tls(.other("a CA certificate in certs.d can't be read: \(error)"))
        }
        guard let certificate = identity.clientCertificate else { return configuration }
        do {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMBytes(certificate.chain)
                .map { .certificate($0) }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(bytes: Array(certificate.key.reveal().utf8), format: .pem))
        } catch {
            throw .tls(.other("the client certificate in certs.d can't be read: \(error)"))
        }
        return configuration
    }
}
