// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// A store that has lost its catalog and some of its blobs, repaired from a real docker-registry.
@Suite(.enabled(if: RegistryProcess.isInstalled))
struct RepairTests {
    private let dockerlite: DockerliteProcess
    private let registry: RegistryProcess
    private let name: String
    private let image: TestLayout.Entry
    private let index: TestLayout.Entry

    init() async throws {
        registry = try await RegistryProcess.start()
        name = "\(registry.host)/team/app:1"
        let layout = try TestLayout()
        image = try TestImage(layers: [try TestLayer(["a": [1]]), try TestLayer(["b": [2]])]).write(to: layout)
        let arm = try TestImage(layers: [try TestLayer(["arm": [3]])], architecture: "arm64").write(to: layout)
        index = try layout.index([arm, image])
        try layout.publish(index, as: name)
        dockerlite = try DockerliteProcess()
        try #require(try dockerlite.run("pull", "-q", "--platform", "linux/amd64", name).status == 0)
    }

    private func path(_ digest: String) -> String { "\(dockerlite.root)/blobs/sha256/\(digest.dropFirst(7))" }

    private func loseCatalog() throws {
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: "\(dockerlite.root)/catalog.db\(suffix)")
        }
    }

    private var blobs: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: dockerlite.root + "/blobs/sha256").sorted() }
    }

    @Test func `catalog and all blobs lost, a repair fetches everything from where it came`() throws {
        let before = try blobs
        #expect(before.count == 5)
        for blob in before { try FileManager.default.removeItem(atPath: dockerlite.root + "/blobs/sha256/\(blob)") }
        try loseCatalog()
        let repair = try dockerlite.run("system", "check", "--repair")
        #expect(repair.status == 0, "\(repair.text)\(repair.errors)")
        #expect(try dockerlite.run("inspect", "-f", "{{.Id}}", name).text == image.imageID + "\n")
        #expect(try Set(before).isSubset(of: blobs))
        #expect(try dockerlite.run("system", "check", "--deep").status == 0)
        #expect(try dockerlite.run("images", "-q", "--no-trunc", "\(name)").text == image.imageID + "\n")
    }

    @Test(arguments: ["index", "manifest", "config"])
    func `catalog and one document damaged, a repair fetches the document`(_ document: String) throws {
        let digest = ["index": index.digest, "manifest": image.digest, "config": image.imageID][document] ?? ""
        let size = try Data(contentsOf: URL(fileURLWithPath: path(digest))).count
        chmod(path(digest), 0o600)
        try Data(repeating: 7, count: size).write(to: URL(fileURLWithPath: path(digest)))
        try loseCatalog()
        let repair = try dockerlite.run("system", "check", "--repair")
        #expect(repair.status == 0, "\(repair.text)\(repair.errors)")
        #expect(try dockerlite.run("inspect", "-f", "{{.Id}}", name).text == image.imageID + "\n")
        #expect(try dockerlite.run("system", "check", "--deep").status == 0)
    }

    @Test func `catalog and index lost, the images are there without their names`() throws {
        try dockerlite.run("pull", "-q", "--platform", "linux/arm64", name)
        try loseCatalog()
        try FileManager.default.removeItem(atPath: dockerlite.root + "/index.json")
        let repair = try dockerlite.run("system", "check", "--repair")
        #expect(repair.status == 0, "\(repair.text)\(repair.errors)")
        let listed = try dockerlite.run("images", "--no-trunc", "--format", "{{.ID}} {{.Repository}}:{{.Tag}}").text
        #expect(listed.contains("\(image.imageID) <none>:<none>\n"), "\(listed)")
        try dockerlite.run("tag", image.imageID, name)
        #expect(try dockerlite.run("image", "exists", name).status == 0)
        #expect(try dockerlite.run("system", "check", "--deep").status == 0)
    }

    @Test func `directories that somebody has tidied up are made again`() throws {
        for directory in ["locks", "leases", "ingest", "trash"] {
            try FileManager.default.removeItem(atPath: "\(dockerlite.root)/\(directory)")
        }
        #expect(try dockerlite.run("pull", "-q", "--platform", "linux/arm64", name).status == 0)
        #expect(try dockerlite.run("rmi", name).status == 0)
        // What the name stood for before.
        #expect(try dockerlite.run("images", "-aq", "--no-trunc").text == image.imageID + "\n")
        #expect(try dockerlite.run("system", "check", "--deep").status == 0)
    }

    @Test func `while the registry is away the image waits, and the next repair brings it back`() throws {
        let kept = try Data(contentsOf: URL(fileURLWithPath: path(image.digest)))
        try FileManager.default.removeItem(atPath: path(image.digest))
        try loseCatalog()
        registry.stop()
        for _ in 1...2 {
            let repair = try dockerlite.run("system", "check", "--repair", "--format", "{{.Kind}} {{.Images}}")
            #expect(repair.status == 1)
            #expect(repair.text.contains("lost \(name)\n"), "\(repair.text)\(repair.errors)")
        }
        #expect(try dockerlite.run("system", "check").status == 1)
        #expect(try dockerlite.run("image", "prune", "-af").status == 0)
        #expect(try blobs.count == 4)
        // Wherever the blob comes from.
        try kept.write(to: URL(fileURLWithPath: path(image.digest)))
        #expect(try dockerlite.run("system", "check", "--repair").status == 0)
        #expect(try dockerlite.run("image", "exists", name).status == 0)
    }

    @Test func `what was pushed is fetched from where it was pushed to`() throws {
        let archive = try TestImage(layers: [try TestLayer(["c": [4]], form: .plain)]).archive(as: "local:1")
        #expect(try dockerlite.run("load", input: archive).status == 0)
        let pushed = "\(registry.host)/other/app:2"
        try dockerlite.run("tag", "local:1", pushed)
        #expect(try dockerlite.run("push", "-q", pushed).status == 0)
        let index = try String(contentsOfFile: dockerlite.root + "/index.json", encoding: .utf8)
        #expect(index.contains("\"containerd.io/distribution.source.\(registry.host)\":\"other/app\""))
        for blob in try blobs { try FileManager.default.removeItem(atPath: dockerlite.root + "/blobs/sha256/\(blob)") }
        try loseCatalog()
        let repair = try dockerlite.run(
            "system", "check", "--repair", "--format", "{{.Kind}} {{.Repaired}} {{.Images}}")
        #expect(try dockerlite.run("image", "exists", name).status == 0, "\(repair.text)")
        let digests = try dockerlite.run("images", "--format", "{{.Repository}}@{{.Digest}}", "--digests").text
        #expect(digests.contains("\(registry.host)/other/app@sha256:"), "\(digests)\(repair.text)\(repair.errors)")
    }
}
