// SPDX-License-Identifier: Apache-2.0
import Containers
import Engine
import Glibc
import ImageStore
import RegistryClient

extension Context {
    /// The store's directory: `--root`, `DOCKERLITE_ROOT`, `data-root` of our own settings, then the default.
    func storeRoot() throws -> String {
        if let root = options.root ?? variable("DOCKERLITE_ROOT") { return absolute(root) }
        if let root = try engineConfig().dataRoot { return absolute(root) }
        if geteuid() == 0 { return "/var/lib/dockerlite" }
        return (variable("XDG_DATA_HOME") ?? home + "/.local/share") + "/dockerlite"
    }

    func openStore() throws -> ImageStore {
        var options = StoreOptions()
        if let limit = (try? engineConfig())?.maxLayerSize { options.maxLayerSize = Int64(limit) }
        let store = try ImageStore.open(root: storeRoot(), options: options)
        if let system = store.networkFileSystem {
            err.print(
                "WARNING: The store at \(store.root) is on \(system), where locks may not hold between machines: use it "
                    + "from one machine only, or choose a local directory with --root or DOCKERLITE_ROOT")
        }
        return store
    }

    /// The context for verbs that delete images: unpacked layers have files of the IDs of the user's namespace. Must be
    /// called before anything starts a thread.
    func reachingLayers() throws -> Context {
        var context = self
        // The default depends on the user's ID, which changes in the namespace.
        let root = try storeRoot()
        context.options.root = root
        try UserNamespace.enter(ifTreesIn: ["layers", "trash"].map { "\(root)/\($0)" })
        return context
    }

    /// The engine's settings (design §5). A `data-root` of docker's own file names docker's directory, not ours.
    func engineConfig() throws -> EngineConfig {
        var config = try EngineConfig.load(
            searching: EngineConfig.searchPath(
                configFile: options.configFile, environment: environment, home: home))
        if config.path == "/etc/docker/daemon.json" { config.dataRoot = nil }
        return config
    }

    /// For those who only read; a file that can't be used is warned about and counts as none, as in docker.
    func clientConfig(warns: Bool = true) -> ClientConfig {
        let (config, problem) = ClientConfig.reading(directory: configDirectory)
        if warns, let problem { err.print("WARNING: Error \(problem)") }
        return config
    }

    /// For those who write it: one that can't be used must not be lost.
    func writableClientConfig() throws -> ClientConfig { try ClientConfig.load(directory: configDirectory) }

    private var configDirectory: String {
        options.config.map(absolute) ?? ClientConfig.directory(environment: environment, home: home)
    }

    var home: String {
        variable("HOME") ?? "/"
    }

    /// For whole images while they are on their way: `/tmp` is in memory on many machines.
    var scratchDirectory: String {
        variable("TMPDIR").map(absolute) ?? "/var/tmp"
    }

    /// `path` as seen from the current directory.
    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : currentDirectory + "/" + path
    }
}
