// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// `registry ls`, `rm`, `limits`, `explain` and `manifest inspect`: every word on both streams, and the exit code.
struct RegistryVerbTests {
    private struct Golden {
        var status: Int32 = 0
        var out = ""
        var err = ""
    }

    private let dockerlite: DockerliteProcess
    private let fake = FakeRegistry()
    private let server: FaultServer

    init() async throws {
        dockerlite = try DockerliteProcess()
        let (fake, image) = (fake, TestImage(layers: [try TestLayer(["a": [1]])]))
        for tag in ["1", "2"] { try fake.add(image, to: "app", tag: tag) }
        server = try await FaultServer.start(handler: fake.answer)
    }

    private func expect(_ arguments: String..., golden: Golden, line: Int = #line) throws {
        let result = try dockerlite.run(arguments)
        let location = SourceLocation(fileID: #fileID, filePath: #filePath, line: line, column: 1)
        #expect(result.text == golden.out, sourceLocation: location)
        #expect(result.errors == golden.err, sourceLocation: location)
        #expect(result.status == golden.status, sourceLocation: location)
    }

    @Test func `arguments that are missing or too many`() throws {
        func usage(_ verb: String, _ rule: String, _ line: String, _ hint: String = "Run") -> Golden {
            Golden(
                status: 1,
                err: "dockerlite: 'dockerlite \(verb)' requires \(rule)\n\nUsage:  dockerlite \(verb) \(line)\n\n"
                    + "\(hint) 'dockerlite \(verb) --help' for more information\n")
        }
        try expect("registry", "ls", golden: usage("registry ls", "1 argument", "REPOSITORY"))
        try expect("registry", "ls", "a", "b", golden: usage("registry ls", "1 argument", "REPOSITORY"))
        try expect(
            "registry", "rm",
            golden: usage(
                "registry rm", "at least 1 argument", "[OPTIONS] NAME:TAG|NAME@DIGEST [NAME:TAG|NAME@DIGEST...]",
                "See"))
        try expect(
            "registry", "limits", "a", "b",
            golden: usage("registry limits", "at most 1 argument", "[NAME[:TAG]]", "SRun"))
        try expect(
            "registry", "explain", golden: usage("registry explain", "1 argument", "NAME[:TAG|@DIGEST]"))
        try expect(
            "manifest", "inspect",
            golden: usage(
                "manifest inspect", "at least 1 and at most 2 arguments", "[OPTIONS] [MANIFEST_LIST] MANIFEST"))
    }

    @Test func `nobody at the other end`() throws {
        let refused = Golden(
            status: 1,
            err: "Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused\n")
        try expect("registry", "ls", "127.0.0.1:1/app", golden: refused)
        try expect("registry", "rm", "127.0.0.1:1/app:1", golden: refused)
        try expect("registry", "limits", "127.0.0.1:1/app", golden: refused)
        try expect("manifest", "inspect", "127.0.0.1:1/app", golden: refused)
    }

    @Test func `names that can't be meant`() throws {
        let upper = Golden(
            status: 1, err: "invalid reference format: repository name (library/UPPER) must be lowercase\n")
        try expect("registry", "ls", "UPPER", golden: upper)
        try expect("registry", "rm", "UPPER:1", golden: upper)
        try expect("registry", "explain", "UPPER", golden: upper)
        try expect("manifest", "inspect", "UPPER", golden: upper)
        try expect(
            "registry", "ls", "host:5000/app:1",
            golden: Golden(status: 1, err: "host:5000/app:1 names an image: give the repository alone\n"))
        try expect(
            "registry", "rm", "host:5000/app:1", "host:5000/other",
            golden: Golden(status: 1, err: "host:5000/other needs a tag or a digest: nothing was removed\n"))
    }

    @Test func `tags are listed, over pages too`() async throws {
        try expect("registry", "ls", "\(server.host)/app", golden: Golden(out: "1\n2\n"))
        try expect("registry", "list", "\(server.host)/app", golden: Golden(out: "1\n2\n"))
        let paged = try await FaultServer.start { request in
            guard request.path == "/v2/app/tags/list" else { return .json(200, "{}") }
            if let last = request.query("last").first {
                return .json(200, #"{"name":"app","tags":["after-\#(last)"]}"#)
            }
            return .json(
                200, #"{"name":"app","tags":["a","b","\u001b[31m","../x",""]}"#,
                [("Link", #"</v2/app/tags/list?last=b&n=2>; rel="next""#)])
        }
        try expect("registry", "ls", "\(paged.host)/app", golden: Golden(out: "a\nb\nafter-b\n"))
    }

    @Test func `a tag goes alone where the registry can do that`() async throws {
        let deleting = try await FaultServer.start { request in
            request.method == "DELETE" && request.path == "/v2/app/manifests/1" ? ServerAnswer(202) : .json(200, "{}")
        }
        try expect(
            "registry", "rm", "\(deleting.host)/app:1", golden: Golden(out: "Untagged: \(deleting.host)/app:1\n"))
        #expect(deleting.requests.filter { $0.method == "DELETE" }.count == 1)
    }

    @Test func `limits as the registry tells them`() async throws {
        try expect(
            "registry", "limits", "\(server.host)/app:1", golden: Golden(out: "\(server.host) tells of no limit\n"))
        try expect(
            "registry", "limits", "\(server.host)/app:9",
            golden: Golden(
                status: 1,
                err: "manifest for \(server.host)/app:9 not found: manifest unknown: manifest unknown\n"))
        fake.fault(at: "/v2/app/manifests/1") { _, answer in
            answer.with("ratelimit-limit", "100;w=21600").with("ratelimit-remaining", "76;w=21600")
                .with("docker-ratelimit-source", "192.0.2.1")
        }
        let host = server.host + String(repeating: " ", count: max(0, 10 - server.host.count))
        let column = String(repeating: " ", count: host.count - "REGISTRY".count)
        try expect(
            "registry", "limits", "\(server.host)/app:1",
            golden: Golden(
                out: """
                    REGISTRY\(column)   LIMIT     REMAINING   WINDOW    SOURCE
                    \(host)   100       76          6h0m0s    192.0.2.1

                    """))
        fake.fault(at: "/v2/app/manifests/1") { _, answer in answer.with("ratelimit-limit", "1;w=99999999999999") }
        let limits = try dockerlite.run("registry", "limits", "\(server.host)/app:1")
        #expect(limits.status == 0 && limits.text.contains("2562047h47m"), "\(limits.text)\(limits.errors)")
    }

    @Test func `endpoints are explained without a request`() throws {
        try expect(
            "registry", "explain", "127.0.0.1:1/app:1",
            golden: Golden(
                out: """
                    127.0.0.1:1/app:1

                    #   ENDPOINT                     USED FOR              TLS            CREDENTIALS            CONFIGURED BY
                    1   https://127.0.0.1:1/v2/app   tags, content, push   not verified   none for 127.0.0.1:1   docker's rules
                    2   http://127.0.0.1:1/v2/app    tags, content, push   no             none for 127.0.0.1:1   docker's rules

                    """))
        try dockerlite.write(clientConfig: #"{"auths":{"127.0.0.1:1":{"auth":"bWU6c2VjcmV0"}}}"#)
        let explained = try dockerlite.run("-D", "registry", "explain", "127.0.0.1:1/app")
        #expect(explained.status == 0)
        #expect(!explained.text.contains("none for") && explained.text.contains("me"), "\(explained.text)")
        #expect(!(explained.text + explained.errors).contains("secret"))
    }

    @Test func `manifests are shown as docker indents them`() throws {
        let manifest = #"{"schemaVersion":2,"layers":[],"config":{"size":2}}"#
        fake.add(manifest: Array(manifest.utf8), to: "app", tag: "odd")
        try expect(
            "manifest", "inspect", "\(server.host)/app:odd",
            golden: Golden(
                out: "{\n\t\"schemaVersion\": 2,\n\t\"layers\": [],\n\t\"config\": {\n\t\t\"size\": 2\n\t}\n}\n"))
        let digest = "sha256:" + String(repeating: "a", count: 64)
        let index =
            #"{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","size":7,"digest":"\#(digest)","platform":{"os":"linux","architecture":"arm","variant":"v7"}}]}"#
        fake.add(manifest: Array(index.utf8), mediaType: .ociIndex, to: "app", tag: "multi")
        try expect(
            "manifest", "inspect", "\(server.host)/app:multi",
            golden: Golden(
                out: """
                    {
                       "schemaVersion": 2,
                       "mediaType": "application/vnd.docker.distribution.manifest.list.v2+json",
                       "manifests": [
                          {
                             "mediaType": "application/vnd.oci.image.manifest.v1+json",
                             "size": 7,
                             "digest": "\(digest)",
                             "platform": {
                                "architecture": "arm",
                                "os": "linux",
                                "variant": "v7"
                             }
                          }
                       ]
                    }

                    """))
        try expect(
            "manifest", "inspect", "\(server.host)/app:9",
            golden: Golden(status: 1, err: "no such manifest: \(server.host)/app:9\n"))
        try expect(
            "manifest", "inspect", "list", "\(server.host)/app:1",
            golden: Golden(status: 1, err: "No such manifest: \(server.host)/app:1\n"))
        let verbose = try dockerlite.run("manifest", "inspect", "-v", "\(server.host)/app:1")
        #expect(
            verbose.text.hasPrefix("{\n\t\"Ref\": \"\(server.host)/app:1\",\n\t\"Descriptor\": {\n\t\t\"mediaType\": "))
        #expect(verbose.text.contains("\n\t\"OCIManifest\": {\n"))
    }
}

/// What `registry rm` takes away from a real registry.
@Suite(.enabled(if: RegistryProcess.isInstalled))
struct RegistryRemoveTests {
    @Test func `manifests go by digest, or by force with all their tags`() async throws {
        let registry = try await RegistryProcess.start()
        let dockerlite = try DockerliteProcess()
        let layout = try TestLayout()
        let one = try TestImage(layers: [try TestLayer(["a": [1]])]).write(to: layout)
        let two = try TestImage(layers: [try TestLayer(["b": [1]])]).write(to: layout)
        let name = "\(registry.host)/app"
        for tag in ["1", "alias"] { try layout.publish(one, as: "\(name):\(tag)") }
        try layout.publish(two, as: "\(name):2")
        let missing = try dockerlite.run("registry", "rm", "\(name):9")
        #expect(missing.status == 1)
        #expect(missing.errors == "manifest for \(name):9 not found: manifest unknown: manifest unknown\n")
        let tag = try dockerlite.run("registry", "rm", "\(name):1")
        #expect(tag.status == 1)
        #expect(
            tag.errors == "\(registry.host) can't remove a tag alone: use --force to remove the manifest "
                + "\(one.digest) with all its tags\n")
        let forced = try dockerlite.run("registry", "rm", "-f", "\(name):1", "\(name)@\(two.digest)")
        #expect(forced.errors == "")
        #expect(forced.text == "Deleted: \(name)@\(one.digest)\nDeleted: \(name)@\(two.digest)\n")
        for tag in ["1", "2", "alias"] {
            let inspect = try dockerlite.run("manifest", "inspect", "\(name):\(tag)")
            #expect(inspect.errors == "no such manifest: \(name):\(tag)\n")
        }
        let none = try dockerlite.run("registry", "ls", "\(registry.host)/nosuch")
        #expect(none.status == 1)
        #expect(
            none.errors == "repository \(registry.host)/nosuch not found: name unknown: "
                + "repository name not known to registry\n")
    }
}
