// SPDX-License-Identifier: Apache-2.0
import Engine
import FoundationEssentials
import ImageStore
import Logging
import RegistryClient

extension Context {
    /// Threads for hashing and disk beside the network: one a layer at work, at least two.
    private static let blockingThreads = 4

    /// Gives `body` a registry client and threads for its blocking work, and ends both afterwards.
    /// - Parameters:
    ///   - insecure: registries that needn't have verified TLS, beside those of the configuration.
    ///   - store: keeps what is learnt about mirrors for later commands.
    func withRegistry<Result>(
        insecure: [String] = [], store: ImageStore? = nil,
        _ body: (RegistryClient, BlockingPool) async throws -> Result
    ) async throws -> Result {
        var configuration = try registryConfiguration(insecure: insecure)
        configuration.mirrorMemory = store.map(StoredMirrorMemory.init)
        let registry = RegistryClient(configuration: configuration, logger: logger(label: "registry"))
        let pool = BlockingPool(threads: Self.blockingThreads)
        do {
            let result = try await body(registry, pool)
            await registry.shutdown()
            await pool.shutdown()
            return result
        } catch {
            await registry.shutdown()
            await pool.shutdown()
            throw error
        }
    }

    /// Everything that is configured about registries; files about mirrors are read when a registry is asked for.
    private func registryConfiguration(insecure: [String]) throws -> RegistryConfiguration {
        var engine = try engineConfig()
        let err = err
        let warn: @Sendable (String) -> Void = { err.print("WARNING: \($0)") }
        engine.warnings.forEach(warn)
        engine.insecureRegistries += insecure
        var configuration = try RegistryConfiguration(engine: engine, client: clientConfig(), environment: environment)
        // A HOME that is another user's has nothing for this one.
        let home = FileManager.default.isExecutableFile(atPath: home) ? home : "/"
        let user = variable("XDG_CONFIG_HOME") ?? home + "/.config"
        configuration.certificateDirectories =
            ["\(user)/dockerlite/certs.d", "\(user)/docker/certs.d"] + configuration.certificateDirectories
            + ["/etc/containerd/certs.d"]
        let registries = RegistriesConfSource.searchPath(environment: environment, home: home)
        configuration.endpointSources = [
            HostsDirectory(configuration, warn: warn),
            RegistriesConfSource(paths: registries, configuration, warn: warn),
        ]
        return configuration
    }

    /// Debug messages go to stderr with `-D`; without it nothing is logged.
    func logger(label: String) -> Logger {
        let isDebug = options.isDebug
        let err = err
        var logger = Logger(label: label) { _ -> any LogHandler in
            if isDebug { DebugLogHandler(output: err) } else { SwiftLogNoOpLogHandler() }
        }
        logger.logLevel = isDebug ? .debug : .critical
        return logger
    }
}
