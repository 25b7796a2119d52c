// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// A token server for `docker-registry`: checks a password and signs what was asked for.
public final class TokenServer: Sendable {
    static let service = "test-registry"
    static let issuer = "test-issuer"

    private let server: FaultServer
    private let refusals: Refusals

    /// Repositories' paths that are refused even to the right user.
    private final class Refusals: Sendable {
        let paths = Mutex<Set<String>>([])
    }

    private init(server: FaultServer, refusals: Refusals) {
        self.server = server
        self.refusals = refusals
    }

    /// - Parameter user: nil gives tokens to anybody.
    public static func start(
        user: String? = nil, password: String = "", certificate: TestCertificate? = nil
    ) async throws -> TokenServer {
        let refusals = Refusals()
        let expected = user.map { "Basic " + Data("\($0):\(password)".utf8).base64EncodedString() }
        let server = try await FaultServer.start(certificate: certificate) { request in
            if let expected, request.header("Authorization") != expected {
                return .json(401, #"{"details":"incorrect username or password"}"#)
            }
            let refused = refusals.paths.withLock { $0 }
            let scopes = request.query("scope").compactMap { $0.removingPercentEncoding }
            do {
                return .json(200, #"{"token":"\#(try token(for: scopes, refused: refused))","expires_in":300}"#)
            } catch {
                return .json(500, #"{"details":"\#(error)"}"#)
            }
        }
        return TokenServer(server: server, refusals: refusals)
    }

    public var realm: String { server.url + "/token" }
    public var requests: [ServerRequest] { server.requests }

    public func refuse(_ path: String) {
        refusals.paths.withLock { _ = $0.insert(path) }
    }

    public func stop() async {
        await server.stop()
    }

    /// A JWT as distribution verifies it: RS256, with the certificate in `x5c`.
    private static func token(for scopes: [String], refused: Set<String>) throws -> String {
        let now = Int(Date().timeIntervalSince1970)
        let access = scopes.compactMap { scope -> [String: Any]? in
            let parts = scope.split(separator: ":")
            guard parts.count == 3, !refused.contains(String(parts[1])) else { return nil }
            return [
                "type": String(parts[0]), "name": String(parts[1]),
                "actions": parts[2].split(separator: ",").map(String.init),
            ]
        }
        let der = TestCertificate.tokens.certificate.split(separator: "\n").filter { !$0.hasPrefix("-") }.joined()
        let head: [String: Any] = ["typ": "JWT", "alg": "RS256", "x5c": [der]]
        let claims: [String: Any] = [
            "iss": issuer, "sub": "", "aud": service, "exp": now + 300, "nbf": now - 10, "iat": now,
            "jti": UUID().uuidString, "access": access,
        ]
        let text = try [head, claims].map { base64URL(try JSONSerialization.data(withJSONObject: $0)) }
            .joined(separator: ".")
        let directory = try TemporaryDirectory()
        let key = try directory.write(TestCertificate.tokens.key + "\n", to: "key", mode: 0o600)
        let signature = try CommandOutput.of("openssl", ["dgst", "-sha256", "-sign", key], input: Data(text.utf8))
        return text + "." + base64URL(signature)
    }

    private static func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }
}
