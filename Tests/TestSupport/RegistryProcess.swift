// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// A real `docker-registry` (distribution) on a free port, with its data in a directory of its own.
///
/// Stopped when the value goes. The port is chosen by binding and releasing it, so a start may lose it to another
/// process; then the next one is tried.
public final class RegistryProcess: Sendable {
    public enum Authentication: Sendable {
        case none
        /// Basic, for one user.
        case password(user: String, password: String)
        /// Bearer tokens of that server.
        case token(TokenServer)
    }

    public enum Failure: Error {
        case missing(String)
        case didNotStart(log: String)
    }

    public let port: Int
    public let isTLS: Bool
    /// Data, configuration and log.
    public let directory: TemporaryDirectory
    private let process: ProcessHandle

    /// `127.0.0.1:port`
    public var host: String { "127.0.0.1:\(port)" }
    public var url: String { "\(isTLS ? "https" : "http")://\(host)" }

    /// Where the program is; nil where it isn't installed, and tests that need it are skipped.
    public static let program = ["/usr/bin/docker-registry", "/usr/local/bin/docker-registry", "/usr/bin/registry"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    public static var isInstalled: Bool { program != nil }

    public static func start(
        authentication: Authentication = .none, certificate: TestCertificate? = nil, extraConfiguration: String = ""
    ) async throws -> RegistryProcess {
        guard let program else { throw Failure.missing("docker-registry") }
        var log = ""
        for _ in 0..<5 {
            let directory = try TemporaryDirectory()
            let port = try await freePort()
            let configuration = try RegistryProcessConfiguration(
                directory: directory, port: port, authentication: authentication, certificate: certificate,
                extra: extraConfiguration)
            let process = try ProcessHandle(
                program, ["serve", try configuration.write()], log: directory.path + "/log")
            let registry = RegistryProcess(
                port: port, isTLS: certificate != nil, directory: directory, process: process)
            if await registry.becomesReady() { return registry }
            log = (try? String(contentsOfFile: directory.path + "/log", encoding: .utf8)) ?? ""
        }
        throw Failure.didNotStart(log: log)
    }

    private init(port: Int, isTLS: Bool, directory: TemporaryDirectory, process: ProcessHandle) {
        self.port = port
        self.isTLS = isTLS
        self.directory = directory
        self.process = process
    }

    deinit {
        // Before the directory goes: the registry would write it anew.
        process.stop()
    }

    /// Stops the process; so does the end of the value.
    public func stop() {
        process.stop()
    }

    /// Lets go of the port as soon as it is known.
    private static func freePort() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close()
        return port
    }

    /// Connects until something listens, or the process has ended.
    private func becomesReady() async -> Bool {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline, process.isRunning {
            let channel = try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: "127.0.0.1", port: port).get()
            if let channel {
                try? await channel.close()
                return process.isRunning
            }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
