// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Foundation
import OCI
import TestSupport
import Testing

/// Indexes made to keep a client busy: nested, cyclic, huge.
struct HostileIndexTests {
    private static func index(_ children: [(digest: String, size: Int, type: MediaType)]) -> [UInt8] {
        let entries = children.map { child in
            let architecture = child.type.isManifest || child.type.isIndex ? "amd64" : "s390x"
            return #"{"mediaType":"\#(child.type)","digest":"\#(child.digest)","size":\#(child.size),"#
                + #""platform":{"architecture":"\#(architecture)","os":"linux"}}"#
        }
        return Array(
            #"{"schemaVersion":2,"mediaType":"\#(MediaType.ociIndex)","manifests":[\#(entries.joined(separator: ","))]}"#
                .utf8)
    }

    private func pull(from registry: FakeRegistry) async throws -> (result: TestCommand.Result, requests: Int) {
        let server = try await FaultServer.start(handler: registry.answer)
        let dockerlite = try DockerliteProcess()
        let result = try await background {
            try dockerlite.run("pull", "--platform", "linux/amd64", "\(server.host)/app:1")
        }
        let check = try await background { try dockerlite.run("system", "check", "--deep") }
        #expect(check.status == 0)
        let requests = server.requests.count
        await server.stop()
        return (result, requests)
    }

    @Test func `an index inside an index inside an index is refused at the second`() async throws {
        let registry = FakeRegistry()
        var document = Self.index([])
        for _ in 0..<100 {
            registry.add(manifest: document, mediaType: .ociIndex, to: "app")
            let digest = SHA256Hasher.digest(of: document)
            document = Self.index([(digest.description, document.count, .ociIndex)])
        }
        registry.add(manifest: document, mediaType: .ociIndex, to: "app", tag: "1")
        let (result, requests) = try await pull(from: registry)
        #expect(result.status == 1)
        #expect(result.errors.contains("index"), "\(result.errors)")
        #expect(requests < 6)
    }

    @Test func `a registry that answers for a child with the index again is caught by the digest`() async throws {
        let registry = FakeRegistry()
        let child = SHA256Hasher.digest(of: [1])
        let document = Self.index([(child.description, 500, .ociManifest)])
        registry.add(manifest: document, mediaType: .ociIndex, to: "app", tag: "1")
        registry.fault(at: "/v2/app/manifests/\(child)", times: 100) { _, _ in
            ServerAnswer(200, [("Content-Type", MediaType.ociIndex.rawValue)], body: document)
        }
        let (result, requests) = try await pull(from: registry)
        #expect(result.status == 1)
        #expect(requests < 10)
    }

    @Test func `an index of ten thousand entries is read once, and the one that fits is taken`() async throws {
        let registry = FakeRegistry()
        try registry.add(TestImage(layers: [try TestLayer(["a": [1]])]), to: "app", tag: "real")
        let request = ServerRequest(
            method: "GET", target: "/v2/app/manifests/real", headers: [], body: [], hasClientCertificate: false)
        guard case .bytes(let manifest) = registry.answer(request).body else { return }
        let other = SHA256Hasher.digest(of: [2]).description
        let children = Array(repeating: (other, 10, MediaType(rawValue: "application/x-other")), count: 9_999)
        registry.add(
            manifest: Self.index(
                children + [(SHA256Hasher.digest(of: manifest).description, manifest.count, .ociManifest)]),
            mediaType: .ociIndex, to: "app", tag: "1")
        let (result, requests) = try await pull(from: registry)
        #expect(result.status == 0, "\(result.errors)")
        #expect(requests < 10)
    }
}
