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

/// Copies from and to archives and engines, which are staged.
@Suite(.enabled(if: RegistryProcess.isInstalled))
struct StagedCopyTests: PlacesSuite {
    let fixture: PlacesFixture

    private var source: String { fixture.multi }

    init() async throws {
        fixture = try await PlacesFixture()
    }

    /// Copies, and gives the last line; nothing is left where copies are staged.
    private func copy(_ arguments: String..., settings: [String: String] = [:]) throws -> String {
        let scratch = try TemporaryDirectory()
        let result = try dockerlite.run(
            ["image", "cp"] + arguments, environment: settings.merging(["TMPDIR": scratch.path]) { $1 })
        #expect(result.status == 0, "\(arguments): \(result.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == [])
        return result.text.split(separator: "\n").last.map(String.init) ?? ""
    }

    @Test func `an index goes whole into an archive and out of it again`() throws {
        let line = "x: digest: \(index.digest) size: \(index.size)"
        #expect(try copy("--all", source, place("oci-archive", "a.tar", "team/multi:x")) == line)
        #expect(try copy("--all", place("oci-archive", "a.tar"), place("oci-archive", "b.tar", "multi:x")) == line)
        #expect(try copy("--all", place("oci-archive", "b.tar"), place("oci", "layout", "x")) == line)
        #expect(try copy("--all", place("oci-archive", "b.tar"), "\(registry.host)/back:x") == line)
        #expect(try digest(of: place("oci", "layout", "x")) == index.digest)
        #expect(try digest(of: "docker://\(registry.host)/back:x") == index.digest)
        #expect(try digest(of: "docker://\(registry.host)/back@\(arm.digest)") == arm.digest)
        #expect(!FileManager.default.fileExists(atPath: dockerlite.root), "no store was made")
    }

    @Test func `one platform of it goes alone`() throws {
        let archive = place("oci-archive", "arm.tar")
        #expect(try copy("-q", "--platform", "linux/arm64", source, archive) == arm.digest)
        #expect(try digest(of: archive) == arm.digest)
        #expect(try copy("-q", archive, place("docker-archive", "arm-docker.tar", "arm:1")) == arm.digest)
        #expect(try copy("--all", "-q", source, place("oci-archive", "all.tar")) == index.digest)
        let out = place("oci-archive", "all.tar")
        #expect(try copy("-q", "--platform", "linux/arm64", out, "\(registry.host)/arm:1") == arm.digest)
        #expect(try digest(of: "docker://\(registry.host)/arm:1") == arm.digest)
        let none = try dockerlite.run("image", "cp", "--platform", "linux/s390x", out, "\(registry.host)/none:1")
        #expect(none.errors == "no matching manifest for linux/s390x in the manifest list entries\n")
    }

    @Test func `an image keeps the names that its archive has, or goes without one`() throws {
        _ = try copy("--platform", "linux/amd64", source, place("docker-archive", "named.tar", "team/app:7"))
        // Such an archive has no manifest to keep, so the image gets another one.
        _ = try copy(place("docker-archive", "named.tar"), place("oci-archive", "again.tar"))
        let pull = try DockerliteProcess().run("pull", "-q", place("oci-archive", "again.tar"))
        #expect(pull.text == "docker.io/team/app:7\n", "\(pull.errors)")
        try TestCommand.check([
            "skopeo", "copy", "-q", "--all", "--src-tls-verify=false", "docker://\(source)", place("oci", "bare"),
        ])
        #expect(
            try copy("-q", "--platform", "linux/amd64", place("oci", "bare"), place("oci-archive", "bare.tar"))
                == amd.digest)
        let whole = try dockerlite.run("image", "cp", "-a", place("oci", "bare"), place("oci-archive", "whole.tar"))
        #expect(whole.errors.contains("name the image there"), "\(whole.text)\(whole.errors)")
    }

    @Test func `docker's archives are read by skopeo, and come out compressed`() throws {
        let archive = place("docker-archive", "d.tar", "team/app:7")
        #expect(try copy("-q", "--platform", "linux/amd64", source, archive) == amd.digest)
        let config = try TestCommand.check(["skopeo", "inspect", "--config", "--raw", archive])
        #expect(try TestLayout().digest(of: config) == amd.imageID)
        let plain = places.path + "/plain.tar"
        let image = TestImage(layers: [try TestLayer(["a": [UInt8](repeating: 65, count: 100_000)])])
        try Data(try image.archive(as: "plain:1")).write(to: URL(fileURLWithPath: plain))
        _ = try copy("docker-archive:" + plain, "\(registry.host)/plain:1")
        let raw = try TestCommand.check([
            "skopeo", "inspect", "--raw", "--tls-verify=false", "docker://\(registry.host)/plain:1",
        ])
        #expect(String(decoding: raw, as: UTF8.self).contains("tar.gzip"))
    }

    @Test func `an engine gives and takes over its socket`() async throws {
        _ = try copy("--platform", "linux/amd64", source, place("oci-archive", "e.tar", "app:1"))
        let archive = Array(try Data(contentsOf: URL(fileURLWithPath: places.path + "/e.tar")))
        let socket = places.path + "/docker.sock"
        let server = try await FaultServer.start(socket: socket) { request in
            switch (request.method, request.path) {
            case ("POST", "/images/load"): .json(200, "{\"stream\":\"Loaded image: a:1\\n\"}\n")
            case ("GET", "/images/app:1/get"): ServerAnswer(200, body: archive)
            default: .json(404, #"{"message":"No such image: x"}"#)
            }
        }
        let settings = ["DOCKER_HOST": "unix://\(socket)"]
        #expect(
            try copy("-q", "docker-daemon:app:1", "\(registry.host)/engine:1", settings: settings) == amd.digest)
        #expect(try digest(of: "docker://\(registry.host)/engine:1") == amd.digest)
        #expect(
            try copy("-q", "--platform", "linux/amd64", source, "docker-daemon:team/app:9", settings: settings)
                == amd.digest)
        #expect(server.requests(to: "/images/load").count == 1)
        let missing = try dockerlite.run(
            "image", "cp", "docker-daemon:x", "\(registry.host)/x:1", environment: settings)
        #expect(missing.errors == "No such image: x\n")
        await server.stop()
    }

    @Test func `copies that can't be say why and leave nothing`() throws {
        let tar = try places.write("no archive", to: "text.tar")
        for (arguments, error) in [
            (["docker-archive:" + tar, "\(registry.host)/x:1"], "unexpected EOF\n"),
            ([source, place("oci-archive", "no/x.tar")], "invalid output path"),
            ([place("oci-archive", "none.tar"), "oci:" + places.path + "/new:x"], "no such file or directory\n"),
            (["docker-archive:" + tar, "\(registry.host)/x@\(amd.digest)"], "cannot push a digest reference\n"),
        ] {
            let result = try dockerlite.run(["image", "cp"] + arguments, environment: ["TMPDIR": places.path])
            #expect(result.status == 1)
            #expect(result.errors.contains(error), "\(arguments): \(result.errors)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: places.path) == ["text.tar"])
        #expect(!FileManager.default.fileExists(atPath: dockerlite.root))
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
        ("docker-archive:/no/such.tar", "open /no/such.tar: no such file or directory\n"),
        ("oci-archive:", "oci-archive:: the path is missing\n"),
        ("UPPER", "invalid reference format: repository name (library/UPPER) must be lowercase\n"),
    ])
    func `what is no source says why`(source: String, error: String) throws {
        let copy = try DockerliteProcess().run("image", "cp", source, "127.0.0.1:1/x:1")
        #expect(copy.status == 1)
        #expect(copy.errors == error)
    }
}
