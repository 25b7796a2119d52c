// SPDX-License-Identifier: Apache-2.0

import Logging
import OCI
import Synchronization
import TestSupport
import Testing

@testable import RegistryClient

/// What is logged at the highest level holds nothing that opens doors.
struct SecrecyTests {
    private final class Lines: Sendable {
        let text = Mutex("")
    }

    private struct Handler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.text.withLock { $0 += "\(event.message) \(event.metadata ?? [:])\n" }
        }
    }

    @Test func `neither passwords nor tokens nor signatures are logged`() async throws {
        let storage = try await FaultServer.start { _ in ServerAnswer(200, text: "x") }
        let target = storage.url + "/blob?X-Signature=SIGNATURE"
        let tokens = try await FaultServer.start { _ in .json(200, #"{"token":"TOKEN"}"#) }
        let realm = tokens.url + "/token"
        let registry = try await FaultServer.start { request in
            request.header("Authorization") == nil
                ? ServerAnswer(401, [("WWW-Authenticate", #"Bearer realm="\#(realm)",service="s""#)])
                : ServerAnswer(307, [("Location", target)])
        }
        let lines = Lines()
        var configuration = RegistryConfiguration()
        configuration.certificateDirectories = []
        configuration.credentials = FixedCredentials(registry.host, user: "me", password: "PASSWORD")
        let client = RegistryClient(
            configuration: configuration, logger: Logger(label: "test") { _ in Handler(lines: lines) })
        _ = try await client.blob(.test("x"), in: .test(registry.host)).collect()
        let text = lines.text.withLock { $0 }
        #expect(text.contains("/v2/a/b/blobs/"))
        for secret in ["PASSWORD", "TOKEN", "SIGNATURE", "Bearer", "Basic"] { #expect(!text.contains(secret)) }
        let dumped = "\(configuration) \(String(reflecting: configuration))"
        #expect(!dumped.contains("PASSWORD"))
        await client.shutdown()
        for server in [storage, tokens, registry] { await server.stop() }
    }
}
