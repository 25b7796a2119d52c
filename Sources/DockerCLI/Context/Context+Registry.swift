// SPDX-License-Identifier: Apache-2.0
import Engine
import Logging
import RegistryClient

extension Context {
    /// Threads for hashing and disk beside the network: one a layer at work, at least two.
    private static let blockingThreads = 4

    /// Gives `body` a registry client and threads for its blocking work, and ends both afterwards.
    func withRegistry<Result>(
        _ body: (RegistryClient, BlockingPool) async throws -> Result
    ) async throws -> Result {
        let engine = try engineConfig()
        for warning in engine.warnings { err.print("WARNING: \(warning)") }
        let configuration = try RegistryConfiguration(engine: engine, client: clientConfig(), environment: environment)
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
