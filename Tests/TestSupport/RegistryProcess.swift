// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A real `docker-registry` (distribution) on a free port, with its data in a directory of its own.
///
/// Stopped when the value goes. The system chooses the port, and the registry's log tells it.
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
        let directory = try TemporaryDirectory()
        let configuration = RegistryProcessConfiguration(
            directory: directory, authentication: authentication, certificate: certificate,
            extra: extraConfiguration)
        let log = directory.path + "/log"
        let process = try ProcessHandle(program, ["serve", try configuration.write()], log: log)
        guard let port = try await port(of: process, log: log) else {
            throw Failure.didNotStart(log: (try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
        }
        return RegistryProcess(port: port, isTLS: certificate != nil, directory: directory, process: process)
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

    /// Waits until the log says what the process listens on; nil when it has ended or takes too long. On a thread of its
    /// own: tests that wait for programs hold up the few threads that all tasks share.
    private static func port(of process: ProcessHandle, log: String) async throws -> Int? {
        try await background {
            let deadline = ContinuousClock.now + .seconds(60)
            while true {
                let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
                if let line = text.firstMatch(of: #/listening on 127\.0\.0\.1:(\d+)\D/#) { return Int(line.1) }
                guard ContinuousClock.now < deadline, process.isRunning else { return nil }
                usleep(10_000)
            }
        }
    }
}
