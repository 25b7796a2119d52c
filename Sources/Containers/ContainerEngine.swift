// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc
public import ImageStore
import OCI

/// Creates, runs and removes containers through an OCI runtime and a monitor, without a daemon.
///
/// All methods are synchronous, block, and may be called from several threads and processes at once. They throw
/// ``ContainerError`` for what users can do something about.
public struct ContainerEngine: Sendable {
    public let options: EngineOptions
    public let host: HostFacts
    let runDirectory: String
    /// 12 hexadecimal digits that tell this store from others on the machine.
    let key: String
    /// Told of containers, so that their layers stay; `nil` for containers whose images are kept elsewhere.
    let images: ImageStore?

    /// Opens the containers of the store at `options.root`; makes the directories it needs.
    public init(_ options: EngineOptions, images: ImageStore? = nil) throws {
        self.options = options
        self.images = images
        host = .current()
        key = String(SHA256Hasher.digest(of: Array(options.root.utf8)).hex.prefix(12))
        runDirectory = options.runDirectory ?? Self.defaultRunDirectory(key: key)
        _ = try ContainerStore(root: options.root)
    }

    private static func defaultRunDirectory(key: String) -> String {
        let isRoot = geteuid() == 0 && !UserNamespace.isActive
        return "\(isRoot ? "/run/dockerlite" : UserNamespace.runDirectory)/\(key)"
    }

    /// Volumes of the same store.
    public var volumes: VolumeStore { VolumeStore(root: options.root) }

    var store: ContainerStore {
        get throws(ContainerError) {
            do { return try ContainerStore(root: options.root) } catch { throw .system(error.description) }
        }
    }

    func network() throws(ContainerError) -> NetworkManager {
        NetworkManager(store: try store, runDirectory: runDirectory, key: key, isDefaultStore: options.isDefaultRoot)
    }

    /// The runtime a container uses: its own choice, the engine's, or the first one installed.
    func runtime(for spec: ContainerSpec) throws(ContainerError) -> OCIRuntime {
        let root = runDirectory + "/runtime"
        do { try Files.makeDirectories(root) } catch { throw .system(error.description) }
        if let name = spec.runtime {
            guard let program = Program.locate(options.runtimes[name] ?? name) else {
                throw .invalid("unknown or invalid runtime name: \(name)")
            }
            return OCIRuntime(program: program, root: root)
        }
        if let name = options.runtime {
            return OCIRuntime(program: try Program.find(options.runtimes[name] ?? name, package: name), root: root)
        }
        guard let program = Program.locate("runc") ?? Program.locate("crun") else {
            throw .missing("no OCI runtime found: install the package runc or crun")
        }
        return OCIRuntime(program: program, root: root)
    }

    /// Overlay where it can be mounted; tried once a boot, or as long as the run directory lasts.
    func preferredDriver() throws -> RootDriver {
        let note = runDirectory + "/driver"
        if let known = (try? Files.readText(note, limit: 32)).flatMap(RootDriver.init) { return known }
        let driver = try probedDriver()
        try? Files.makeDirectories(runDirectory)
        try? Files.writeAtomically(Array(driver.rawValue.utf8), to: note)
        return driver
    }

    private func probedDriver() throws -> RootDriver {
        let store = try self.store
        let probe = store.newProbe()
        let lock = try store.makeLocked(probe)
        defer {
            try? Files.removeTree(probe)
            withExtendedLifetime(lock) {}
        }
        return try RootFileSystem.probeDriver(in: ContainerDirectory(path: probe))
    }

    func rootFileSystem(of container: Container) throws(ContainerError) -> RootFileSystem {
        RootFileSystem(
            driver: container.driver, directory: try store.directory(container.id),
            layers: container.layers.map { $0.hasPrefix("/") ? $0 : "\(options.root)/\($0)" }
        )
    }
}
