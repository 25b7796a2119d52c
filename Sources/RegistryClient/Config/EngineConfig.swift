// SPDX-License-Identifier: Apache-2.0

import DockerFormat

/// The engine's settings, in the dialect of docker's `daemon.json`.
public struct EngineConfig: Sendable {
    /// The file that was read; nil when there was none.
    public var path: String?
    public var dataRoot: String?
    /// How root file systems of containers are put together; docker's names, of which containers know two.
    public var storageDriver: String?
    /// The OCI runtime of containers that name none.
    public var defaultRuntime: String?
    /// Paths of OCI runtimes by their names.
    public var runtimes: [String: String] = [:]
    public var registryMirrors: [String] = []
    public var insecureRegistries: [String] = []
    public var maxConcurrentDownloads = 3
    public var maxConcurrentUploads = 5
    public var maxDownloadAttempts = 5
    /// Connections that may fetch one large layer at once; a key of our own. Nil is the client's default.
    public var maxConnectionsPerLayer: Int?
    /// How long a server may send nothing; a key of our own. Nil is the client's default.
    public var idleTimeout: Duration?
    /// The most bytes a layer may inflate to; a key of our own. Nil is the store's default.
    public var maxLayerSize: Int?
    public var httpProxy: String?
    public var httpsProxy: String?
    public var noProxy: String?
    public var debug = false
    /// Keys that neither we nor docker know, one sentence each.
    public var warnings: [String] = []

    public init() {}

    /// - Throws: `ConfigError` in docker's words, with the path.
    public init(parsing bytes: [UInt8], path: String) throws(ConfigError) {
        self.path = path
        guard !bytes.isEmpty else { return }
        var reader = try EngineConfigReader(bytes, path: path)
        dataRoot = try reader.string("data-root")
        storageDriver = try reader.string("storage-driver")
        defaultRuntime = try reader.string("default-runtime")
        for runtime in try reader.object("runtimes")?.members ?? [] {
            guard let program = runtime.value.field("path")?.string, !program.isEmpty else {
                throw ConfigError("\(path): \"runtimes\": \(runtime.name) has no path: only OCI runtimes are supported")
            }
            guard (runtime.value.field("runtimeArgs")?.array ?? []).isEmpty else {
                throw ConfigError("\(path): \"runtimes\": \(runtime.name): runtimeArgs are not supported")
            }
            runtimes[runtime.name] = program
        }
        registryMirrors = try reader.strings("registry-mirrors") ?? []
        insecureRegistries = try reader.strings("insecure-registries") ?? []
        maxConcurrentDownloads = try reader.count("max-concurrent-downloads") ?? maxConcurrentDownloads
        maxConcurrentUploads = try reader.count("max-concurrent-uploads") ?? maxConcurrentUploads
        maxDownloadAttempts = try reader.count("max-download-attempts") ?? maxDownloadAttempts
        maxConnectionsPerLayer = try reader.count("max-connections-per-layer")
        idleTimeout = try reader.duration("idle-timeout")
        maxLayerSize = try reader.count("max-layer-size")
        debug = try reader.bool("debug") ?? false
        if let proxies = try reader.object("proxies") {
            httpProxy = proxies.field("http-proxy")?.string
            httpsProxy = proxies.field("https-proxy")?.string
            noProxy = proxies.field("no-proxy")?.string
        }
        warnings = reader.unknownKeys.map { "\(path): unknown key \"\($0)\" is ignored" }
    }

    /// The files to try, first found wins: `--config-file`, `DOCKERLITE_CONFIG_FILE`, the user's, the system's,
    /// docker's own. A file named by flag or variable has to exist, the others need not.
    public static func searchPath(
        configFile: String?, environment: [String: String], home: String
    ) -> [(path: String, required: Bool)] {
        if let configFile, !configFile.isEmpty { return [(configFile, true)] }
        if let named = environment["DOCKERLITE_CONFIG_FILE"], !named.isEmpty { return [(named, true)] }
        var base = home + "/.config"
        if let xdg = environment["XDG_CONFIG_HOME"], !xdg.isEmpty { base = xdg }
        return ["\(base)/dockerlite/daemon.json", "/etc/dockerlite/daemon.json", "/etc/docker/daemon.json"]
            .map { ($0, false) }
    }

    /// The first file that exists; defaults when none does. One that this user may not read, such as docker's own or that
    /// of another user's HOME, is passed over with a warning, unless it was asked for.
    public static func load(searching candidates: [(path: String, required: Bool)]) throws(ConfigError) -> EngineConfig
    {
        var denied: [String] = []
        for candidate in candidates {
            if !candidate.required, FileReader.isDenied(candidate.path) {
                denied.append("open \(candidate.path): permission denied: its settings are ignored")
                continue
            }
            if let bytes = try FileReader.read(candidate.path) {
                var config = try EngineConfig(parsing: bytes, path: candidate.path)
                config.warnings = denied + config.warnings
                return config
            }
            if candidate.required {
                throw ConfigError(
                    "unable to configure the engine with file \(candidate.path): no such file or directory")
            }
        }
        var config = EngineConfig()
        config.warnings = denied
        return config
    }
}
