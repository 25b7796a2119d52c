// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Engine

struct ImageLocationTests {
    private static let there: Set<String> = ["/dir", "/dir:with:colons", "/work/layout", "/a:b"]

    private func parse(_ text: String) throws -> ImageLocation? {
        try ImageLocation(parsing: text, directory: "/work") { Self.there.contains($0) }
    }

    @Test(
        arguments: [
            ("oci:/dir", "oci", "/dir", nil), ("oci:/dir:1", "oci", "/dir", "1"),
            ("oci:layout:1", "oci", "/work/layout", "1"),
            // The first path that is there ends the path.
            ("oci:/dir:with:colons", "oci", "/dir", "with:colons"), ("oci:/a:b", "oci", "/a:b", nil),
            ("oci:/a:b:1", "oci", "/a:b", "1"),
            ("oci-archive:/a:b:host:5000/x:1", "oci-archive", "/a:b", "host:5000/x:1"),
            // Where none is there the first colon does.
            ("docker-archive:new.tar:app:1", "docker-archive", "/work/new.tar", "app:1"),
            ("docker-daemon:app:1", "docker-daemon", "", "app:1"),
            ("docker://host:5000/app:1", "docker", "", "host:5000/app:1"),
        ] as [(String, String, String, String?)])
    func `places are read as skopeo writes them`(text: String, transport: String, path: String, name: String?) throws {
        let location = try #require(try parse(text))
        #expect(location.transport.rawValue == transport)
        #expect(location.path == path)
        #expect(location.name == name)
        #expect(location.description == text)
    }

    @Test(arguments: ["app", "app:1", "host:5000/app", "docker:1", "docker:dind", "ocidir:/x", "sha256:0123"])
    func `names of images are no places`(text: String) throws {
        #expect(try parse(text) == nil)
    }

    @Test(arguments: [
        ("oci:", "oci:: the path is missing"), ("oci::1", "oci::1: the path is missing"),
        ("oci:/dir:", "oci:/dir:: the name is missing"), ("docker-daemon:", "docker-daemon:: the name is missing"),
        ("docker://", "docker://: the name is missing"),
    ])
    func `half a place is refused`(text: String, error: String) {
        let thrown = #expect(throws: EngineError.self) { try parse(text) }
        #expect(thrown?.message == error)
    }

    @Test func `names of an engine's images go into a path`() {
        #expect(EngineName.escaped("host:5000/a_b/c:1.0-x") == "host:5000/a_b/c:1.0-x")
        #expect(EngineName.escaped("a b?c#d%é") == "a%20b%3Fc%23d%25%C3%A9")
    }

    @Test func `only sockets of this machine are spoken to`() throws {
        #expect(try EngineSocket(host: nil).address == .socket(path: "/var/run/docker.sock"))
        for (host, address) in [
            ("unix:///run/user/1/docker.sock", EngineAddress.socket(path: "/run/user/1/docker.sock")),
            ("tcp://a.test", .network(host: "a.test", port: "2375")),
            ("tcp://127.0.0.1:1/", .network(host: "127.0.0.1", port: "1")),
            ("tcp://[::1]", .network(host: "::1", port: "2375")), ("tcp://[::1]:7", .network(host: "::1", port: "7")),
        ] {
            #expect(try EngineSocket(host: host).address == address)
        }
        for host in [
            "", "/var/run/docker.sock", "ssh://a", "tcp://", "tcp://a:b", "tcp://a:70000", "tcp://a/b", "http://a",
        ] {
            #expect(throws: EngineError.self) { try EngineSocket(host: host) }
        }
        #expect(throws: EngineError.self) { try EngineSocket(host: "tcp://a:2376", usesTLS: true) }
        #expect(try EngineSocket(host: nil, usesTLS: true).address == .socket(path: "/var/run/docker.sock"))
    }
}
