// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Images on their way through registries and archives, ours and others', with equal digests at the end.
@Suite(.enabled(if: RegistryProcess.isInstalled))
struct RoundTripTests {
    private static let hasPodman =
        getuid() == 0 && (try? TestCommand.run(["podman", "--version"]).status) == 0

    private let registry: RegistryProcess
    private let first: DockerliteProcess
    private let directory: TemporaryDirectory
    private let entry: TestLayout.Entry

    init() async throws {
        registry = try await RegistryProcess.start()
        first = try DockerliteProcess()
        directory = try TemporaryDirectory()
        let layout = try TestLayout()
        entry = try TestImage(
            layers: [
                try TestLayer(["a": Array("a".utf8)]), try TestLayer(["b": Array("b".utf8)]),
                try TestLayer(["c": Array("c".utf8)], form: .plain),
            ], labels: ["x": "y"]
        ).write(to: layout)
        try layout.publish(entry, as: "\(registry.host)/app:1")
        let pull = try first.run("pull", "-q", "\(registry.host)/app:1")
        #expect(pull.status == 0, "\(pull.errors)")
    }

    private func id(_ name: String, in dockerlite: DockerliteProcess) throws -> String {
        try dockerlite.run("inspect", "--format", "{{.Id}}", name).text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Loads with the program, into a store of its own.
    private func load(_ path: String, expecting name: String) throws -> DockerliteProcess {
        let dockerlite = try DockerliteProcess()
        let load = try dockerlite.run("load", "-i", path)
        #expect(load.status == 0, "\(load.errors)")
        #expect(load.text.contains("Loaded image: \(name)\n"), "\(load.text)")
        #expect(try id(name, in: dockerlite) == entry.imageID)
        #expect(try dockerlite.run("system", "check", "--deep").status == 0)
        return dockerlite
    }

    @Test func `pulled, pushed, copied by skopeo and loaded it is the same image`() throws {
        try first.run("tag", "\(registry.host)/app:1", "\(registry.host)/again:2")
        let push = try first.run("push", "\(registry.host)/again:2")
        #expect(push.text.hasSuffix("2: digest: \(entry.digest) size: \(entry.size)\n"), "\(push.text)\(push.errors)")
        for format in ["oci-archive", "docker-archive"] {
            let path = "\(directory.path)/\(format).tar"
            try TestCommand.check([
                "skopeo", "copy", "-q", "--src-tls-verify=false", "docker://\(registry.host)/again:2",
                "\(format):\(path):example.com/again:2",
            ])
            _ = try load(path, expecting: "example.com/again:2")
        }
    }

    @Test func `saved, it is what skopeo and the program itself read back`() throws {
        let path = directory.path + "/saved.tar"
        let save = try first.run("save", "-o", path, "\(registry.host)/app:1")
        #expect(save.status == 0, "\(save.errors)")
        let loaded = try load(path, expecting: "\(registry.host)/app:1")
        let again = directory.path + "/again.tar"
        try loaded.run("save", "-o", again, "\(registry.host)/app:1")
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(contentsOf: URL(fileURLWithPath: again)))
        let oci = try TestCommand.check([
            "skopeo", "inspect", "--format", "{{.Digest}}", "oci-archive:\(path)",
        ])
        #expect(String(decoding: oci, as: UTF8.self) == entry.digest + "\n")
        let config = try TestCommand.check(["skopeo", "inspect", "--raw", "--config", "docker-archive:\(path)"])
        #expect(try TestLayout().digest(of: config) == entry.imageID)
    }

    @Test(.enabled(if: hasPodman, "needs podman, as root"))
    func `podman loads what was saved, and what it saves is loaded`() throws {
        let path = directory.path + "/saved.tar"
        try first.run("tag", "\(registry.host)/app:1", "example.com/app:1")
        #expect(try first.run("save", "-o", path, "example.com/app:1").status == 0)
        // podman takes no longer ones.
        let runRoot = "/tmp/dl-\(UInt32.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: runRoot) }
        let podman = [
            "podman", "--root", directory.path + "/podman", "--runroot", runRoot, "--storage-driver",
            "vfs",
        ]
        try TestCommand.check(podman + ["load", "-q", "-i", path])
        let id = try TestCommand.check(podman + ["inspect", "--format", "{{.Id}}", "example.com/app:1"])
        #expect("sha256:" + String(decoding: id, as: UTF8.self) == entry.imageID + "\n")
        for format in ["docker-archive", "oci-archive"] {
            let back = "\(directory.path)/\(format).tar"
            try TestCommand.check(podman + ["save", "-q", "--format", format, "-o", back, "example.com/app:1"])
            let dockerlite = try DockerliteProcess()
            let load = try dockerlite.run("load", "-i", back)
            #expect(load.status == 0, "\(load.errors)")
            #expect(load.text.contains("example.com/app:1"), "\(load.text)")
            // podman writes another config for docker's format; the files are the same ones.
            if format == "oci-archive" { #expect(try self.id("example.com/app:1", in: dockerlite) == entry.imageID) }
            #expect(
                try dockerlite.run("inspect", "--format", "{{json .RootFS.Layers}}", "example.com/app:1").text
                    == first.run("inspect", "--format", "{{json .RootFS.Layers}}", "example.com/app:1").text)
        }
        _ = try? TestCommand.run(podman + ["rmi", "-af"])
    }

    @Test(arguments: ["gzip", "zstd", "xz", "bzip2"])
    func `a compressed archive is loaded from a file and from stdin`(program: String) throws {
        let plain = directory.path + "/saved.tar"
        #expect(try first.run("save", "-o", plain, "\(registry.host)/app:1").status == 0)
        let bytes = try TestCommand.check([program, "-c"], input: Array(Data(contentsOf: URL(fileURLWithPath: plain))))
        let path = directory.path + "/saved.packed"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        _ = try load(path, expecting: "\(registry.host)/app:1")
        let dockerlite = try DockerliteProcess()
        let piped = try dockerlite.run("load", input: bytes)
        #expect(piped.text.contains("Loaded image: \(registry.host)/app:1\n"), "\(piped.errors)")
    }

    @Test func `a layout directory is loaded`() throws {
        let path = directory.path + "/layout"
        try TestCommand.check([
            "skopeo", "copy", "-q", "--src-tls-verify=false", "docker://\(registry.host)/app:1",
            "oci:\(path):example.com/app:1",
        ])
        _ = try load(path, expecting: "example.com/app:1")
    }
}
