// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// A registry, the program, and a store that is put back to what it was before each run.
final class CrashScene: Sendable {
    let dockerlite: DockerliteProcess
    private let library: CrashLibrary
    private let server: FaultServer
    private let directory: TemporaryDirectory

    init() async throws {
        let registry = FakeRegistry()
        let shared = try TestLayer(["shared": Array("shared".utf8)])
        for tag in ["old", "moving"] {
            let image = TestImage(layers: [shared, try TestLayer([tag: Array(tag.utf8)], form: .zstd)])
            try registry.add(image, to: "crash", tag: tag)
        }
        server = try await FaultServer.start(handler: registry.answer)
        library = try CrashLibrary()
        // In memory where possible: the matrix makes thousands of stores.
        directory = try TemporaryDirectory(below: access("/dev/shm", W_OK) == 0 ? "/dev/shm" : nil)
        dockerlite = try DockerliteProcess(root: directory.path + "/store")
    }

    func stop() async { await server.stop() }

    var root: String { dockerlite.root }
    var archive: String { directory.path + "/archive.tar" }
    /// Two images that share a layer. `moving` may name the other one too: the registry says where it belongs.
    var old: String { "\(server.host)/crash:old" }
    var moving: String { "\(server.host)/crash:moving" }

    // MARK: The store

    /// Keeps the store as it is now for `restore`.
    func keep() throws {
        guard access(root, F_OK) == 0 else { return }
        try TestCommand.check(["cp", "-a", root, directory.path + "/kept"])
    }

    func restore() throws {
        try TestCommand.check(["rm", "-rf", root])
        guard access(directory.path + "/kept", F_OK) == 0 else { return }
        try TestCommand.check(["cp", "-a", directory.path + "/kept", root])
    }

    /// Leaves unpacked layers of `image`.
    func unpack(_ image: String) throws {
        guard geteuid() == 0 else { return }
        try require("create", "--name", "unpack", image, "true")
        try require("rm", "unpack")
    }

    /// As a container's process would.
    func writeIntoContainer() throws {
        let containers = root + "/containers"
        let names = try FileManager.default.contentsOfDirectory(atPath: containers)
        let id = try #require(names.first { $0.count == 64 })
        try Data("changed".utf8).write(to: URL(fileURLWithPath: "\(containers)/\(id)/diff/changed"))
    }

    func loseCatalog() throws {
        for suffix in ["", "-wal", "-shm"] { try TestCommand.check(["rm", "-f", "\(root)/catalog.db\(suffix)"]) }
    }

    // MARK: Commands

    func require(_ arguments: String...) throws {
        let result = try dockerlite.run(arguments)
        guard result.status == 0 else { throw TestCommand.Failure(description: "\(arguments): \(result.errors)") }
    }

    /// How many changes of files the command line makes.
    func countSteps(_ arguments: [String]) throws -> Int {
        let result = try dockerlite.run(arguments, under: library.prefix(step: 0, below: root))
        guard result.status == 0 else { throw TestCommand.Failure(description: "\(arguments): \(result.errors)") }
        return try library.count()
    }

    /// Runs the command line and kills it before its change number `step`, or in the middle of it if it is a write.
    /// - Returns: whether it was killed.
    func kill(_ arguments: [String], at step: Int, tearsWrites: Bool) throws -> Bool {
        let prefix = library.prefix(step: step, below: root, tearsWrites: tearsWrites)
        return try dockerlite.run(arguments, under: prefix).status == 128 + SIGKILL
    }
}
