// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The built program against a real docker-registry; skopeo reads the store back.
@Suite(.enabled(if: RegistryProcess.isInstalled))
struct PullTests {
    private static func lines(_ result: TestCommand.Result) -> [String] {
        result.text.split(separator: "\n").map(String.init)
    }

    private static func digest(by skopeo: String) throws -> String {
        let output = try TestCommand.check(["skopeo", "inspect", "--format", "{{.Digest}}", skopeo])
        return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test(arguments: TestLayer.Form.allCases)
    func `a pull prints docker's lines and the store is an OCI layout`(form: TestLayer.Form) async throws {
        let registry = try await RegistryProcess.start()
        let layout = try TestLayout()
        let image = TestImage(layers: [
            try TestLayer(["etc/a": Array("a".utf8)], form: form),
            try TestLayer(["etc/b": Array("b".utf8)], form: form),
        ])
        let entry = try image.write(to: layout)
        let name = "\(registry.host)/team/app:1"
        try layout.publish(entry, as: name)
        let dockerlite = try DockerliteProcess()
        let result = try dockerlite.run("pull", name)
        #expect(result.status == 0, "\(result.errors)")
        let lines = Self.lines(result)
        #expect(lines.first == "1: Pulling from team/app")
        #expect(lines.filter { $0.hasSuffix(": Pulling fs layer") }.count == 2)
        #expect(lines.filter { $0.hasSuffix(": Pull complete") }.count == 2)
        #expect(
            lines.suffix(3) == [
                "Digest: \(entry.digest)", "Status: Downloaded newer image for \(name)", name,
            ])
        #expect(try Self.digest(by: "oci:\(dockerlite.root):\(name)") == entry.digest)
        #expect(try dockerlite.run("pull", "-q", name).text == name + "\n")
    }

    @Test func `an unchanged tag is up to date`() async throws {
        let registry = try await RegistryProcess.start()
        let layout = try TestLayout()
        let entry = try TestImage(layers: [try TestLayer(["a": [1]])]).write(to: layout)
        let name = "\(registry.host)/app:1"
        try layout.publish(entry, as: name)
        let dockerlite = try DockerliteProcess()
        try dockerlite.run("pull", name)
        let again = try dockerlite.run("pull", name)
        #expect(
            Self.lines(again) == [
                "1: Pulling from app", "Digest: \(entry.digest)", "Status: Image is up to date for \(name)", name,
            ])
    }

    @Test func `an index gives the wanted platform's image`() async throws {
        let registry = try await RegistryProcess.start()
        let layout = try TestLayout()
        let amd = try TestImage(layers: [try TestLayer(["amd": [1]])]).write(to: layout)
        let arm = try TestImage(layers: [try TestLayer(["arm": [2]])], architecture: "arm64").write(to: layout)
        let index = try layout.index([amd, arm])
        let name = "\(registry.host)/multi:1"
        try layout.publish(index, as: name)
        let dockerlite = try DockerliteProcess()
        let first = try dockerlite.run("pull", "--platform", "linux/amd64", name)
        #expect(first.text.contains("Digest: \(index.digest)"))
        let second = try dockerlite.run("pull", "--platform", "linux/arm64", name)
        #expect(second.text.contains("Status: Downloaded newer image for \(name)"))
        let none = try dockerlite.run("pull", "--platform", "linux/s390x", name)
        #expect(none.status == 1)
        #expect(none.errors == "no matching manifest for linux/s390x in the manifest list entries\n")
    }

    @Test func `layers that two images share are downloaded once`() async throws {
        let registry = try await RegistryProcess.start()
        let layout = try TestLayout()
        let base = try TestLayer(["base": [1]])
        let one = try TestImage(layers: [base]).write(to: layout)
        let two = try TestImage(layers: [base, try TestLayer(["top": [2]])]).write(to: layout)
        try layout.publish(one, as: "\(registry.host)/one:1")
        try layout.publish(two, as: "\(registry.host)/two:1")
        let dockerlite = try DockerliteProcess()
        try dockerlite.run("pull", "\(registry.host)/one:1")
        let lines = Self.lines(try dockerlite.run("pull", "\(registry.host)/two:1"))
        #expect(lines[1].hasSuffix(": Already exists"))
        #expect(lines[2].hasSuffix(": Pulling fs layer"))
    }

    @Test func `an image without layers is an image`() async throws {
        let registry = try await RegistryProcess.start()
        let layout = try TestLayout()
        let name = "\(registry.host)/empty:1"
        try layout.publish(try TestImage(layers: []).write(to: layout), as: name)
        let dockerlite = try DockerliteProcess()
        #expect(try dockerlite.run("pull", name).status == 0)
        let other = try dockerlite.run("rmi", "--platform", "linux/s390x", name)
        #expect(other.status == 1 && other.text == "", "\(other.text)")
        #expect(other.errors.contains("does not match the specified platform: wanted linux/s390x, actual: linux/amd64"))
        #expect(try dockerlite.run("rmi", name).text.contains("Deleted: sha256:"))
    }

    @Test func `missing images fail with docker's texts and codes`() async throws {
        let registry = try await RegistryProcess.start()
        let layout = try TestLayout()
        let entry = try TestImage(layers: [try TestLayer(["a": [1]])]).write(to: layout)
        try layout.publish(entry, as: "\(registry.host)/m:1")
        let docker = try DockerliteProcess(program: "docker")
        let tag = try docker.run("pull", "\(registry.host)/m:nosuch")
        #expect(tag.status == 1)
        #expect(
            tag.errors == "Error response from daemon: manifest for \(registry.host)/m:nosuch not found: "
                + "manifest unknown: manifest unknown\n")
        let reference = try docker.run("pull", "UPPER")
        #expect(reference.status == 1)
        #expect(reference.errors == "invalid reference format: repository name (library/UPPER) must be lowercase\n")
    }
}
