// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// Registries with TLS. 127.0.0.0/8 is insecure by docker's rule; 0.0.0.0 reaches the same servers and isn't.
struct TLSTests {
    private let docker: DockerliteProcess
    private let registry = FakeRegistry()

    init() throws {
        docker = try DockerliteProcess(program: "docker")
        try registry.add(TestImage(layers: [try TestLayer(["a": [1]])]), to: "app", tag: "1")
    }

    private func serve(_ certificate: TestCertificate?) async throws -> FaultServer {
        try await FaultServer.start(certificate: certificate, handler: registry.answer)
    }

    /// Gives the server a name that no rule makes insecure.
    private func name(_ server: FaultServer) throws {
        try docker.write(
            "server = \"\(server.url)\"", toCertificatesOf: "registry.test", as: "hosts.toml")
    }

    @Test func `a private authority is trusted once certs d has it`() async throws {
        let server = try await serve(.server)
        try name(server)
        let refused = try docker.run("pull", "registry.test/app:1")
        #expect(refused.status == 1)
        #expect(
            refused.errors
                == "Error response from daemon: Get \"\(server.url)/v2/\": tls: failed to verify certificate: "
                + "x509: certificate signed by unknown authority\n")
        #expect(server.requests.isEmpty)
        try docker.write(TestCertificate.authority, toCertificatesOf: server.host, as: "ca.crt")
        let pulled = try docker.run("pull", "registry.test/app:1")
        #expect(pulled.status == 0, "\(pulled.errors)")
    }

    @Test func `an authority doesn't vouch for another host`() async throws {
        let server = try await serve(.wrongHost)
        try name(server)
        try docker.write(TestCertificate.authority, toCertificatesOf: server.host, as: "ca.crt")
        let pull = try docker.run("pull", "registry.test/app:1")
        #expect(pull.status == 1)
        #expect(pull.errors.contains("tls: failed to verify certificate: x509: "), "\(pull.errors)")
        #expect(server.requests.isEmpty)
    }

    @Test func `a client certificate of certs d is shown`() async throws {
        let server = try await serve(.server)
        let name = "\(server.host)/app:1"
        try docker.write(TestCertificate.client.certificate, toCertificatesOf: server.host, as: "client.cert")
        let keyless = try docker.run("pull", name)
        #expect(keyless.status == 1)
        #expect(
            keyless.errors.contains("missing key client.key for client certificate client.cert"), "\(keyless.errors)")
        try docker.write(TestCertificate.client.key, toCertificatesOf: server.host, as: "client.key")
        let pulled = try docker.run("pull", name)
        #expect(pulled.status == 0, "\(pulled.errors)")
        #expect(!server.requests.isEmpty)
        #expect(server.requests.allSatisfy { $0.hasClientCertificate })
    }

    @Test(arguments: [TestCertificate?.none, .some(.server)])
    func `an insecure registry is one that is listed`(certificate: TestCertificate?) async throws {
        let server = try await serve(certificate)
        let host = "0.0.0.0:\(server.port)"
        let refused = try docker.run("pull", "\(host)/app:1")
        #expect(refused.status == 1)
        let reason = certificate == nil ? ": EOF\n" : "x509: "
        #expect(refused.errors.contains(reason), "\(refused.errors)")
        #expect(server.requests.isEmpty)
        for entry in [host, "0.0.0.0/8"] {
            try docker.write(engineConfig: #"{"insecure-registries": ["\#(entry)"]}"#)
            let pulled = try docker.run("pull", "\(host)/app:1")
            #expect(pulled.status == 0, "\(pulled.errors)")
        }
    }
}
