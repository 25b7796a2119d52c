// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOCore
import OCI
import TestSupport
import Testing

@testable import RegistryClient

/// A client for one test, with a clock that doesn't wait.
struct TestClient {
    let client: RegistryClient
    let clock: ManualClock

    init(
        _ clock: ManualClock = ManualClock(), resolver: (any HostResolver)? = nil,
        _ change: (inout RegistryConfiguration) -> Void = { _ in }
    ) {
        var configuration = RegistryConfiguration()
        configuration.certificateDirectories = []
        configuration.userAgent = "dockerlite/test"
        change(&configuration)
        self.clock = clock
        client = RegistryClient(
            configuration: configuration, transport: nil, resolver: resolver ?? SystemHostResolver(),
            clock: clock.clock(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}

/// Credentials of one registry.
struct FixedCredentials: CredentialProvider {
    let key: String
    let value: Credential

    init(_ key: String, user: String, password: String) {
        self.key = key
        value = .password(username: user, password: Secret(password))
    }

    init(_ key: String, _ value: Credential) {
        self.key = key
        self.value = value
    }

    func credential(for key: String) async -> Credential? {
        key == self.key ? value : nil
    }
}

/// A blob in memory, to upload.
struct MemoryBlob: BlobSource {
    let bytes: [UInt8]

    func read(at offset: Int64, count: Int) async -> ByteBuffer {
        ByteBuffer(bytes: bytes[Int(offset)..<min(bytes.count, Int(offset) + count)])
    }
}

extension BlobStream {
    /// All bytes, from `start`.
    func collect() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await chunk in self { bytes.append(contentsOf: chunk.readableBytesView) }
        return bytes
    }
}

extension Repository {
    static func test(_ host: String, _ path: String = "a/b") throws -> Repository {
        try Repository(parsing: "\(host)/\(path)")
    }
}

/// Runs `body` and gives the `RegistryError` it has to throw.
func registryError(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> some Any
) async -> RegistryError? {
    await #expect(throws: RegistryError.self, sourceLocation: sourceLocation) { _ = try await body() }
}
