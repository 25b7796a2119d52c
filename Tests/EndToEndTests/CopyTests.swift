// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI
import TestSupport
import Testing

/// `image cp` between two real registries; what arrives is read by skopeo.
@Suite(.enabled(if: RegistryProcess.isInstalled))
struct CopyTests {
    private let origin: RegistryProcess
    private let target: RegistryProcess
    private let dockerlite: DockerliteProcess
    private let amd: TestLayout.Entry
    private let arm: TestLayout.Entry
    private let index: TestLayout.Entry

    init() async throws {
        origin = try await RegistryProcess.start()
        target = try await RegistryProcess.start()
        dockerlite = try DockerliteProcess()
        let layout = try TestLayout()
        let base = try TestLayer(["base": [0]])
        amd = try TestImage(layers: [base, try TestLayer.random(size: 200_000, seed: 1)]).write(to: layout)
        arm = try TestImage(layers: [base, try TestLayer(["arm": [2]])], architecture: "arm64").write(to: layout)
        index = try layout.index([amd, arm])
        try layout.publish(index, as: "\(origin.host)/multi:1")
    }

    private var source: String { "\(origin.host)/multi:1" }

    private func digest(of image: String) throws -> String {
        let raw = try TestCommand.check(["skopeo", "inspect", "--raw", "--tls-verify=false", image])
        return try TestLayout().digest(of: raw)
    }

    @Test func `all platforms arrive with their index, and a second copy moves no blob`() throws {
        let name = "\(target.host)/team/multi:2"
        let copy = try dockerlite.run("image", "cp", "--all", source, name)
        #expect(copy.status == 0, "\(copy.errors)")
        let lines = copy.text.split(separator: "\n").map(String.init)
        #expect(lines.first == "The push refers to repository [\(target.host)/team/multi]")
        #expect(lines.last == "2: digest: \(index.digest) size: \(index.size)")
        #expect(lines.filter { $0.hasSuffix(": Pushed") }.count == 5, "three layers and two configs")
        #expect(try digest(of: "docker://\(name)") == index.digest)
        #expect(try digest(of: "docker://\(target.host)/team/multi@\(arm.digest)") == arm.digest)
        let again = try dockerlite.run("image", "cp", "--all", source, name)
        #expect(again.status == 0, "\(again.errors)")
        #expect(again.text.split(separator: "\n").filter { $0.hasSuffix(": Layer already exists") }.count == 5)
        #expect(!FileManager.default.fileExists(atPath: dockerlite.root), "no store was made")
    }

    @Test func `one platform arrives without the index`() throws {
        let name = "\(target.host)/arm:1"
        let copy = try dockerlite.run("image", "cp", "-q", "--platform", "linux/arm64", "docker://" + source, name)
        #expect(copy.text == "\(arm.digest)\n", "\(copy.errors)")
        #expect(try digest(of: "docker://\(name)") == arm.digest)
        let none = try dockerlite.run("image", "cp", "--platform", "linux/s390x", source, name)
        #expect(none.status == 1)
        #expect(none.errors == "no matching manifest for linux/s390x in the manifest list entries\n")
        let both = try dockerlite.run("image", "cp", "--all", "--platform", "linux/arm64", source, name)
        #expect(both.errors == "conflicting options: cannot specify both --all and --platform\n")
    }

    @Test func `within one registry layers are mounted`() throws {
        let copy = try dockerlite.run("image", "cp", "--all", source, "\(origin.host)/other:1")
        #expect(copy.status == 0, "\(copy.errors)")
        #expect(copy.text.split(separator: "\n").filter { $0.hasSuffix(": Mounted from multi") }.count == 5)
        #expect(try digest(of: "docker://\(origin.host)/other:1") == index.digest)
    }

    @Test func `a layout directory is a source and a target`() throws {
        let directory = try TemporaryDirectory()
        let layout = "oci:\(directory.path)/with:colon/layout"
        try FileManager.default.createDirectory(
            atPath: directory.path + "/with:colon/layout", withIntermediateDirectories: true)
        for tag in ["1", "2", "1"] {
            let out = try dockerlite.run("image", "cp", "-a", source, "\(layout):\(tag)")
            #expect(out.status == 0, "\(out.errors)")
            #expect(out.text.hasSuffix("\(tag): digest: \(index.digest) size: \(index.size)\n"))
        }
        let plain = try TemporaryDirectory()
        try dockerlite.run("image", "cp", "-a", "\(layout):2", "oci:\(plain.path):x")
        #expect(try digest(of: "oci:\(plain.path):x") == index.digest, "skopeo reads it")
        let back = try dockerlite.run("image", "cp", "-a", "\(layout):1", "\(target.host)/back:1")
        #expect(back.status == 0, "\(back.errors)")
        #expect(try digest(of: "docker://\(target.host)/back:1") == index.digest)
        let missing = try dockerlite.run("image", "cp", "\(layout):3", "\(target.host)/back:3")
        #expect(missing.status == 1)
        #expect(missing.errors == "\(layout) has no image \"3\": it has 1, 2\n")
    }
}

/// Copies whose source breaks or lies.
@Suite(.enabled(if: RegistryProcess.isInstalled))
struct CopyFaultTests {
    private let fake = FakeRegistry()
    private let server: FaultServer
    private let target: RegistryProcess
    private let docker: DockerliteProcess
    private let layer: Descriptor

    init() async throws {
        layer = try fake.add(
            TestImage(layers: [try TestLayer.random(size: 3 << 20, seed: 5)]), to: "app", tag: "1")[0]
        server = try await FaultServer.start(handler: fake.answer)
        target = try await RegistryProcess.start()
        docker = try DockerliteProcess(program: "docker")
        try docker.write(engineConfig: #"{"max-download-attempts": 2}"#)
    }

    private func copy() throws -> TestCommand.Result {
        try docker.run("image", "cp", "\(server.host)/app:1", "\(target.host)/app:1")
    }

    private func expectNoTag() throws {
        let tags = try docker.run("registry", "ls", "\(target.host)/app")
        #expect(!tags.text.contains("1"))
    }

    @Test func `a blob is fetched once, and not again when it is there`() throws {
        #expect(try copy().status == 0)
        let blobs = { server.requests.filter { $0.path.contains("/blobs/") }.count }
        #expect(blobs() == 2, "a layer and a config")
        let again = try copy()
        #expect(again.status == 0, "\(again.errors)")
        #expect(blobs() == 2)
    }

    @Test func `a download that breaks goes on where it broke`() throws {
        let path = "/v2/app/blobs/\(layer.digest)"
        fake.fault(at: path) { _, answer in answer.with(ending: .close(after: 1 << 20)) }
        let result = try copy()
        #expect(result.status == 0, "\(result.errors)")
        #expect(server.requests(to: path).count == 2)
        #expect(server.requests(to: path).last?.rangeStart != nil)
        #expect(
            try TestCommand.check(
                [
                    "skopeo", "copy", "-q", "--src-tls-verify=false", "docker://\(target.host)/app:1",
                    "dir:\(docker.root)",
                ]) == [])
    }

    @Test func `a blob that isn't what its digest says is refused and nothing is tagged`() throws {
        fake.fault(at: "/v2/app/blobs/\(layer.digest)", times: 9) { _, answer in
            guard case .bytes(var bytes) = answer.body else { return answer }
            bytes[bytes.count / 2] ^= 1
            return ServerAnswer(200, answer.headers, body: bytes)
        }
        let result = try copy()
        #expect(result.status == 1)
        #expect(result.errors == "filesystem layer verification failed for digest \(layer.digest)\n")
        #expect(server.requests(to: "/v2/app/blobs/\(layer.digest)").count == 1, "it is final")
        try expectNoTag()
    }

    @Test func `a blob that is missing ends the copy`() throws {
        fake.fault(at: "/v2/app/blobs/\(layer.digest)", times: 9) { _, _ in
            .error(404, "BLOB_UNKNOWN", "blob unknown to registry")
        }
        let result = try copy()
        #expect(result.status == 1)
        #expect(result.errors == "unknown blob\n")
        try expectNoTag()
    }

    @Test func `a missing image has docker's text`() throws {
        let result = try docker.run("image", "cp", "\(server.host)/app:2", "\(target.host)/app:1")
        #expect(result.status == 1)
        #expect(
            result.errors == "Error response from daemon: manifest for \(server.host)/app:2 not found: "
                + "manifest unknown: manifest unknown\n")
    }
}

/// Copies that end before anything is asked.
struct CopyArgumentTests {
    @Test(arguments: [
        ("oci:/no/such/layout", "open /no/such/layout: no such file or directory\n"),
        ("oci:", "oci:: the path is missing\n"),
        (
            "docker-daemon:app",
            "docker-daemon:app: archives and engines are copied through the store: pull from them, or push to them\n"
        ),
        ("UPPER", "invalid reference format: repository name (library/UPPER) must be lowercase\n"),
    ])
    func `what is no source says why`(source: String, error: String) throws {
        let copy = try DockerliteProcess().run("image", "cp", source, "127.0.0.1:1/x:1")
        #expect(copy.status == 1)
        #expect(copy.errors == error)
    }
}
