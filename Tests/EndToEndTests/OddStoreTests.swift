// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

@testable import ImageStore

/// Stores that are not simply one's own directory on a local disk.
struct OddStoreTests {
    private let dockerlite: DockerliteProcess
    private let registry = FakeRegistry()
    private let server: FaultServer
    private var name: String { "\(server.host)/app:1" }

    init() async throws {
        try registry.add(
            TestImage(
                layers: [try TestLayer(["a": [1]]), try TestLayer(["b": [2]])], configMembers: [#""Cmd":["a"]"#]),
            to: "app", tag: "1")
        server = try await FaultServer.start(handler: registry.answer)
        dockerlite = try DockerliteProcess()
        let pull = try await run("pull", "-q", name)
        try #require(pull.status == 0, "\(pull.errors)")
    }

    private func run(_ arguments: String...) async throws -> TestCommand.Result {
        try await background { [dockerlite] in try dockerlite.run(arguments) }
    }

    // MARK: Read-only

    @Test(
        .enabled(if: SmallDisk.isAvailable, "needs root, to mount file systems"), arguments: [false, true])
    func `a store on a read-only medium can be listed, inspected and saved`(hasLog: Bool) async throws {
        let disk = try SmallDisk(kibibytes: 8192)
        // A process that was killed leaves changes in the catalog's log.
        let open = hasLog ? try ImageStore.open(root: dockerlite.root) : nil
        if let open { try open.tag(image: open.resolve(name).id, as: .init(normalizing: "late:1")) }
        try TestCommand.check(["cp", "-a", dockerlite.root, disk.path + "/store"])
        try disk.makeReadOnly()
        let frozen = try DockerliteProcess(root: disk.path + "/store")
        let image = hasLog ? "late:1" : name
        let readers = [
            ["images"], ["inspect", image], ["history", image], ["save", "-o", dockerlite.root + ".tar", image],
            ["system", "df"], ["system", "check", "--deep"], ["image", "exists", image],
        ]
        for arguments in readers {
            let result = try await background { try frozen.run(arguments) }
            #expect(result.status == 0 && result.errors.isEmpty, "\(arguments): \(result.errors)")
            if arguments == ["images"] { #expect(result.text.contains(hasLog ? "late" : server.host)) }
        }
        for arguments in [["tag", image, "x:1"], ["rmi", image], ["image", "prune", "-af"], ["pull", "-q", name]] {
            let result = try await background { try frozen.run(arguments) }
            #expect(result.status == 1, "\(arguments)")
            #expect(result.errors.contains("the store at \(frozen.root) is read-only"), "\(result.errors)")
        }
        open?.close()
        await server.stop()
    }

    // MARK: Another user's

    @Test(.enabled(if: geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0, "needs root and setpriv"))
    func `another user's store is refused by its owner's number`() async throws {
        let prefix = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
        let (dockerlite, store) = (dockerlite, dockerlite.root)
        // The program must be where the other user can start it.
        guard try TestCommand.run(prefix + [dockerlite.binary, "--version"]).status == 0 else { return }
        for arguments in [["images"], ["pull", name]] {
            let result = try await background { try dockerlite.run(arguments, under: prefix) }
            #expect(result.status == 1)
            #expect(
                result.errors == "permission denied while opening the store at \(store), which belongs to uid 0: "
                    + "use --root or DOCKERLITE_ROOT to choose another one\n")
        }
        try TestCommand.check(["chmod", "-R", "a+rX", store])
        let listed = try await background { try dockerlite.run(["images"], under: prefix) }
        #expect(listed.text.contains(server.host), "\(listed.errors)")
        await server.stop()
    }

    // MARK: Of another time

    @Test func `a store of a newer program is refused before anything is written`() async throws {
        let store = try ImageStore.open(root: dockerlite.root)
        try store.writing { try $0.database.script("PRAGMA user_version=99") }
        store.close()
        for arguments in [["images"], ["rmi", name], ["system", "check", "--repair"]] {
            let result = try await background { [dockerlite] in try dockerlite.run(arguments) }
            #expect(result.status == 1)
            #expect(result.errors.contains("has schema version 99"), "\(result.errors)")
            #expect(result.errors.contains("use a newer dockerlite"))
        }
        await server.stop()
    }

    // MARK: Damaged

    @Test(arguments: [0, 4096, 40_000])
    func `a damaged catalog is told with what repairs it, and the repair brings the images back`(
        _ offset: Int
    ) async throws {
        let catalog = dockerlite.root + "/catalog.db"
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: catalog))
        try file.seek(toOffset: UInt64(offset))
        try file.write(contentsOf: Data(repeating: 0xa5, count: 20_000))
        try file.close()
        let broken = try await run("images")
        let check = try await run("system", "check")
        #expect(check.status == 1)
        #expect((broken.errors + check.errors + check.text).contains("system check --repair"), "\(broken) \(check)")
        let repair = try await run("system", "check", "--repair")
        #expect(repair.status == 0, "\(repair.text)\(repair.errors)")
        #expect(try await run("image", "exists", name).status == 0)
        #expect(try await run("system", "check", "--deep").status == 0)
        await server.stop()
    }

    @Test func `a repair fetches missing and damaged blobs from where they came`() async throws {
        let store = try ImageStore.open(root: dockerlite.root)
        let layers = try store.layers(of: store.resolve(name).id).map { store.blobPath($0.blob) }
        store.close()
        try FileManager.default.removeItem(atPath: layers[0])
        chmod(layers[1], 0o600)
        let size = try Data(contentsOf: URL(fileURLWithPath: layers[1])).count
        try Data(repeating: 7, count: size).write(to: URL(fileURLWithPath: layers[1]))
        #expect(try await run("system", "check", "--deep").status == 1)
        let repair = try await run("system", "check", "--deep", "--repair")
        #expect(repair.status == 0, "\(repair.text)\(repair.errors)")
        #expect(try await run("system", "check", "--deep").status == 0)
        await server.stop()
    }
}
