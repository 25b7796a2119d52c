// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Images that a real docker engine and the program hand to each other keep their IDs.
@Suite(.enabled(if: EngineProcess.isInstalled && RegistryProcess.isInstalled, "needs dockerd, as root"))
struct EngineRoundTripTests {
    private let registry: RegistryProcess
    private let dockerlite: DockerliteProcess
    private let directory: TemporaryDirectory
    private let entry: TestLayout.Entry

    init() async throws {
        registry = try await RegistryProcess.start()
        dockerlite = try DockerliteProcess()
        directory = try TemporaryDirectory()
        let layout = try TestLayout()
        entry = try TestImage(
            layers: [
                try TestLayer(["a": Array("a".utf8)]), try TestLayer.random(size: 200_000, seed: 3),
                try TestLayer(["c": Array("c".utf8)], form: .plain),
            ], labels: ["x": "y"]
        ).write(to: layout)
        try layout.publish(entry, as: "\(registry.host)/app:1")
        let pull = try dockerlite.run("pull", "-q", "\(registry.host)/app:1")
        #expect(pull.status == 0, "\(pull.errors)")
        #expect(try dockerlite.run("tag", "\(registry.host)/app:1", "app:1").status == 0)
    }

    @Test func `archives, registries and sockets carry an image from one to the other and back`() async throws {
        guard let engine = try await EngineProcess.startIfPossible() else { return }
        try await background {
            try exchangeArchives(engine)
            try exchangeThroughRegistry(engine)
            try exchangeOverSocket(engine)
        }
    }

    private func exchangeArchives(_ engine: EngineProcess) throws {
        let (ours, theirs) = (directory.path + "/ours.tar", directory.path + "/theirs.tar")
        #expect(try dockerlite.run("save", "-o", ours, "app:1").status == 0)
        let load = try engine.docker("load", "-q", "-i", ours)
        #expect(load.text == "Loaded image: app:1\n", "\(load.errors)")
        try expectImage("app:1", in: engine)
        #expect(try engine.docker("save", "-o", theirs, "app:1").status == 0)
        try expectImage("app:1") { try $0.run("load", "-i", theirs) }
        let piped = try engine.docker("save", "app:1")
        try expectImage("app:1") { try $0.run("load", input: piped.output) }
        try remove("app:1", from: engine)
    }

    private func exchangeThroughRegistry(_ engine: EngineProcess) throws {
        let (ours, theirs) = ("\(registry.host)/ours:1", "\(registry.host)/theirs:1")
        try dockerlite.run("tag", "app:1", ours)
        let push = try dockerlite.run("push", ours)
        #expect(push.text.hasSuffix("1: digest: \(entry.digest) size: \(entry.size)\n"), "\(push.errors)")
        let pull = try engine.docker("pull", ours)
        #expect(pull.status == 0, "\(pull.errors)")
        #expect(pull.text.contains("Digest: \(entry.digest)\n"))
        try expectImage(ours, in: engine)
        #expect(try engine.docker("tag", ours, theirs).status == 0)
        let back = try engine.docker("push", theirs)
        #expect(back.status == 0, "\(back.errors)")
        try expectImage(theirs) { try $0.run("pull", theirs) }
        try remove(ours, from: engine)
        try remove(theirs, from: engine)
    }

    private func exchangeOverSocket(_ engine: EngineProcess) throws {
        let settings = ["DOCKER_HOST": engine.host]
        let push = try dockerlite.run("push", "app:1", "docker-daemon:over/socket:2", environment: settings)
        #expect(push.status == 0, "\(push.errors)")
        try expectImage("over/socket:2", in: engine)
        try expectImage("over/socket:2") { try $0.run("pull", "docker-daemon:over/socket:2", environment: settings) }
        let missing = try dockerlite.run("pull", "docker-daemon:nosuch:1", environment: settings)
        #expect(missing.status == 1)
        // Engines of different ages say it differently.
        let text = missing.errors
        #expect(text.contains("nosuch") || text == "reference does not exist\n", "\(text)")
    }

    private func expectImage(_ name: String, in engine: EngineProcess) throws {
        let inspect = try engine.docker("inspect", "--format", "{{.Id}}", name)
        #expect(inspect.text == entry.imageID + "\n", "\(name): \(inspect.errors)")
    }

    /// Runs `bring` in a store of its own, which then has the image, whole.
    private func expectImage(
        _ name: String, bring: (DockerliteProcess) throws -> TestCommand.Result
    ) throws {
        let other = try DockerliteProcess()
        let result = try bring(other)
        #expect(result.status == 0, "\(name): \(result.errors)")
        #expect(try other.run("inspect", "--format", "{{.Id}}", name).text == entry.imageID + "\n", "\(name)")
        #expect(try other.run("system", "check", "--deep").status == 0)
    }

    private func remove(_ name: String, from engine: EngineProcess) throws {
        #expect(try engine.docker("rmi", "-f", name).status == 0)
    }
}
