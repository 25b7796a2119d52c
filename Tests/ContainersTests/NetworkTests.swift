// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Containers

@Suite(
    .serialized, .timeLimit(.minutes(20)),
    .enabled(if: EngineFixture.canNetwork, "needs root, runc, conmon, netavark and busybox"))
struct NetworkTests {
    private let server = "mkdir -p /www; echo page > /www/index.html; echo ready; httpd -f -p 80 -h /www"

    @Test func `a published port serves a page on the host and nothing is left behind`() throws {
        let fixture = try EngineFixture()
        let spec = fixture.spec("sh", "-c", server) {
            $0.network = .bridge
            $0.publishedPorts = [PortBinding(hostIP: "127.0.0.1", containerPort: 80)]
        }
        let container = try fixture.create(spec, name: "web")
        try fixture.engine.start("web")
        let attachment = try #require(try fixture.engine.inspect("web").state.network)
        let port = try #require(attachment.ports.first)
        #expect(port.hostPort > 0)
        var page = ""
        while !page.hasSuffix("page\n") { page = Self.fetch(port: port.hostPort) }

        let client = fixture.spec("sh", "-c", Self.client(attachment.ipAddress)) { $0.network = .bridge }
        #expect(try fixture.run(client).output.hasSuffix("page\n"))

        try fixture.engine.remove("web", options: RemoveOptions(force: true))
        #expect(fixture.mounts.isEmpty)
        let rules = try ChildProcess.capture(Program.find("iptables-save", package: "iptables"), [])
        #expect(!String(decoding: rules.standardOutput, as: UTF8.self).contains(container.id.hex))
    }

    @Test func `a port in use is refused with docker's text`() throws {
        let fixture = try EngineFixture()
        let spec = fixture.spec("sleep", "1000") {
            $0.network = .bridge
            $0.publishedPorts = [PortBinding(hostIP: "127.0.0.1", containerPort: 80)]
        }
        _ = try fixture.create(spec, name: "first")
        let port = try #require(try fixture.engine.start("first").state.network?.ports.first?.hostPort)
        var taken = spec
        taken.publishedPorts[0].hostPort = port
        taken.publishedPorts[0].hostPortEnd = port
        let second = try fixture.create(taken, name: "second")
        #expect(
            throws: ContainerError.system(
                "failed to set up container networking: driver failed programming external connectivity on endpoint second (\(second.id.hex)): Bind for 127.0.0.1:\(port) failed: port is already allocated"
            )
        ) { try fixture.engine.start("second") }
        try fixture.engine.remove("first", options: RemoveOptions(force: true))
        try fixture.engine.start("second")
    }

    @Test func `containers get different addresses and know their own name`() throws {
        let fixture = try EngineFixture()
        let spec = fixture.spec("sh", "-c", "cat /etc/hosts; sleep 1000") {
            $0.network = .bridge
            $0.hostname = "box"
            $0.extraHosts = ["db:10.1.2.3"]
        }
        let first = try fixture.engine.start(fixture.create(spec, name: "first").id.hex)
        let second = try fixture.engine.start(fixture.create(spec, name: "second").id.hex)
        let addresses = [first, second].compactMap(\.state.network?.ipAddress)
        #expect(Set(addresses).count == 2)
        try fixture.waitForLog("second", containing: "\(addresses[1])\tbox")
        try fixture.waitForLog("second", containing: "10.1.2.3\tdb")
    }

    @Test func `a network can be shared`() throws {
        let fixture = try EngineFixture()
        let spec = fixture.spec("sh", "-c", server)
        _ = try fixture.create(spec, name: "web")
        try fixture.engine.start("web")
        try fixture.waitForLog("web", containing: "ready")
        let client = fixture.spec("sh", "-c", "until \(Self.client("127.0.0.1")); do sleep 0.02; done") {
            $0.network = .container("web")
        }
        #expect(try fixture.run(client).output.hasSuffix("page\n"))
        let container = try fixture.engine.inspect("web")
        try fixture.engine.kill("web")
        _ = try fixture.create(client, name: "late")
        #expect(
            throws: ContainerError.conflict(
                "cannot join network namespace of a non running container: \(container.id.hex)"
            )
        ) { try fixture.engine.start("late") }
    }

    /// A request without a name to look up: a static busybox cannot.
    private static func client(_ address: String) -> String {
        "printf 'GET /index.html HTTP/1.0\\r\\n\\r\\n' | nc \(address) 80"
    }

    private static func fetch(port: UInt16) -> String {
        let output = try? ChildProcess.capture(
            "/bin/busybox", ["nc", "127.0.0.1", String(port)], environment: ["PATH=/bin"],
            input: Array("GET /index.html HTTP/1.0\r\n\r\n".utf8)
        )
        return String(decoding: output?.standardOutput ?? [], as: UTF8.self)
    }
}
