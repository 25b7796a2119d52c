// SPDX-License-Identifier: Apache-2.0

/// `certs.d/<host[:port]>/`: `*.crt` are authorities, `X.cert` with `X.key` is a client certificate.
struct CertificateDirectory: Sendable {
    private let roots: [String]

    /// - Parameter roots: the `certs.d` directories; the first that has the host's wins.
    init(roots: [String]) {
        self.roots = roots
    }

    /// - Parameter domain: `host[:port]` as in the reference.
    /// - Throws: docker's texts (registry/registry.go, `ReadCertsDirectory`).
    func identity(for domain: String, verifies: Bool) throws(ConfigError) -> TLSIdentity {
        // The name comes from a parsed reference or URL, so it can't climb; this holds even if that changes.
        guard Authority(parsing: domain) != nil, !domain.hasPrefix(".") else {
            throw ConfigError("invalid registry host \"\(domain)\"")
        }
        for root in roots {
            let directory = "\(root)/\(domain)"
            guard let names = try FileReader.list(directory) else { continue }
            return try Self.identity(directory, names, verifies: verifies)
        }
        return TLSIdentity(authorities: [], clientCertificate: nil, verifiesServer: verifies)
    }

    private static func identity(
        _ directory: String, _ names: [String], verifies: Bool
    ) throws(ConfigError) -> TLSIdentity {
        var identity = TLSIdentity(authorities: [], clientCertificate: nil, verifiesServer: verifies)
        for name in names {
            if name.hasSuffix(".crt") {
                identity.authorities.append(try content(directory, name))
            } else if name.hasSuffix(".cert") {
                let key = name.dropLast(5) + ".key"
                guard names.contains(String(key)) else {
                    throw ConfigError(
                        "missing key \(key) for client certificate \(name). CA certificates must use the extension .crt"
                    )
                }
                // TLS offers one certificate; with several pairs the first by name is it.
                guard identity.clientCertificate == nil else { continue }
                identity.clientCertificate = ClientCertificate(
                    chain: try content(directory, name), key: try content(directory, String(key)))
            } else if name.hasSuffix(".key") {
                let certificate = name.dropLast(4) + ".cert"
                guard names.contains(String(certificate)) else {
                    throw ConfigError("missing client certificate \(certificate) for key \(name)")
                }
            }
        }
        return identity
    }

    private static func content(_ directory: String, _ name: String) throws(ConfigError) -> [UInt8] {
        let path = "\(directory)/\(name)"
        guard let bytes = try FileReader.read(path) else {
            throw ConfigError("open \(path): no such file or directory")
        }
        return bytes
    }
}
