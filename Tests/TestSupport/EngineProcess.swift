// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A real docker engine: the one on the socket that `DOCKERLITE_ENGINE` names, else one with data of its own and without
/// networks, stopped when the value goes.
public final class EngineProcess: Sendable {
    /// Whether there is one, or one to start; it may still not start here (in a container without rights, say).
    public static let isInstalled =
        has("docker") && (givenSocket != nil || (geteuid() == 0 && has("dockerd")))

    private static let givenSocket = ProcessInfo.processInfo.environment["DOCKERLITE_ENGINE"]

    private let directory: TemporaryDirectory
    /// Nil for one that isn't ours.
    private let process: ProcessHandle?

    /// What `DOCKER_HOST` has to say.
    public var host: String { "unix://" + (Self.givenSocket ?? directory.path + "/s") }

    /// Nil, with a message, where the engine doesn't start.
    public static func startIfPossible() async throws -> EngineProcess? {
        let engine = try EngineProcess()
        if try await background({ try engine.answers() }) { return engine }
        let log = (try? String(contentsOfFile: engine.directory.path + "/log", encoding: .utf8)) ?? ""
        print("dockerd doesn't start here, its tests are left out: \(log.suffix(500))")
        return nil
    }

    /// Waits for the first answer.
    private func answers() throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        while process?.isRunning ?? true, ContinuousClock.now < deadline {
            if try docker("version").status == 0 { return true }
            usleep(100_000)
        }
        return false
    }

    private init() throws {
        // Below it are sockets, whose paths are short.
        directory = try TemporaryDirectory(below: "/tmp")
        let path = directory.path
        guard Self.givenSocket == nil else {
            process = nil
            return
        }
        process = try ProcessHandle(
            "/usr/bin/env",
            [
                "dockerd", "--iptables=false", "--ip6tables=false", "--bridge=none", "--storage-driver=vfs",
                "--data-root", path + "/d", "--exec-root", path + "/e", "--pidfile", path + "/pid", "-H",
                "unix://\(path)/s",
            ], log: path + "/log")
    }

    deinit {
        // Asked to end, it ends its containerd, too.
        process?.stop(SIGTERM)
    }

    /// Runs docker's client on it.
    public func docker(_ arguments: String..., input: [UInt8] = []) throws -> TestCommand.Result {
        try TestCommand.run(["docker", "-H", host] + arguments, input: input)
    }

    /// Runs a line of bash in a directory of its own, with docker's client on this engine.
    public func shell(_ line: String) throws -> TestCommand.Result {
        let work = try TemporaryDirectory()
        return try TestCommand.run(
            ["bash", "-c", line],
            environment: [
                "DOCKER_HOST": host, "DOCKER_CONFIG": work.path + "/config", "TZ": "UTC", "LC_ALL": "C.UTF-8",
            ], directory: work.path)
    }

    private static func has(_ program: String) -> Bool {
        (try? TestCommand.run([program, "--version"]).status) == 0
    }
}
