// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The configuration file of a `RegistryProcess`.
struct RegistryProcessConfiguration {
    let directory: TemporaryDirectory
    let authentication: RegistryProcess.Authentication
    let certificate: TestCertificate?
    let extra: String

    /// - Returns: the file's path.
    func write() throws -> String {
        let text = """
            version: 0.1
            log:
              level: info
              accesslog:
                disabled: true
            storage:
              filesystem:
                rootdirectory: \(directory.path)/data
              delete:
                enabled: true
            http:
              addr: 127.0.0.1:0
            \(try tls())
            \(try auth())
            \(extra)
            """
        return try directory.write(text, to: "config.yml")
    }

    private func tls() throws -> String {
        guard let certificate else { return "" }
        let chain = try directory.write(certificate.certificate + "\n", to: "server.crt")
        let key = try directory.write(certificate.key + "\n", to: "server.key", mode: 0o600)
        return """
              tls:
                certificate: \(chain)
                key: \(key)
            """
    }

    private func auth() throws -> String {
        switch authentication {
        case .none: return ""
        case .password(let user, let password):
            let file = try directory.write(try Htpasswd.line(user: user, password: password), to: "htpasswd")
            return """
                auth:
                  htpasswd:
                    realm: test
                    path: \(file)
                """
        case .token(let server):
            let bundle = try directory.write(TestCertificate.tokens.certificate + "\n", to: "tokens.crt")
            return """
                auth:
                  token:
                    realm: \(server.realm)
                    service: \(TokenServer.service)
                    issuer: \(TokenServer.issuer)
                    rootcertbundle: \(bundle)
                """
        }
    }
}
