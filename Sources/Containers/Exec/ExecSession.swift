// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc

/// One invocation of the runtime's `exec`.
///
/// The runtime is our child and passes the program's exit code on, so no monitor is needed; with a terminal it hands
/// the terminal over and leaves, and the program becomes our child (a subreaper's orphan). For as long as it runs, other
/// orphans of the process become our children too and stay zombies: this is for processes that end soon.
struct ExecSession {
    let runtime: OCIRuntime
    let container: Container
    /// A directory below the run directory for this invocation's files.
    private let scratch: String

    init(runtime: OCIRuntime, container: Container, process: RuntimeProcess) throws {
        self.runtime = runtime
        self.container = container
        var generator = SystemRandomNumberGenerator()
        // Short: a socket's address has to fit 107 bytes.
        scratch = "\(runtime.root)/x-\(String(UInt64.random(in: 0...UInt64.max, using: &generator), radix: 36))"
        try Files.makeDirectories(scratch)
        try Files.writeAtomically(try JSONText.encode(process), to: scratch + "/process.json")
    }

    func cleanUp() {
        try? Files.removeTree(scratch)
    }

    private var log: String { scratch + "/log" }
    private var processID: String { scratch + "/pid" }

    private func arguments(_ extra: [String]) -> [String] {
        runtime.globalArguments(log: log) + ["exec", "--process", scratch + "/process.json"] + extra + [
            container.id.hex
        ]
    }

    /// Our descriptors become the program's, but for standard error, which goes through a relay. As with docker, Ctrl-C
    /// ends the client alone: the runtime would hand the signal on.
    func runWithStreams(_ options: AttachOptions) throws -> AttachOutcome {
        let null = try OwnedFD(opening: "/dev/null", flags: O_RDWR)
        var errors = try Pipe()
        let child = try ChildProcess(
            runtime.program, arguments(["--pid-file", processID]), environment: ChildProcess.helperEnvironment,
            descriptors: [
                ChildProcess.Descriptor(source: options.stdin ?? null.rawValue, target: 0),
                ChildProcess.Descriptor(source: options.stdout ?? null.rawValue, target: 1),
                ChildProcess.Descriptor(source: errors.writer, target: 2),
            ], group: .newGroup
        )
        errors.closeWriter()
        let target = options.stderr ?? null.rawValue
        let relay = ErrorRelay(child: child, source: errors.reader, target: target) { Files.exists(processID) }
        let (code, held) = relay.run()
        let result = try result(of: code)
        _ = held.withUnsafeBytes { clinux_write_quietly(target, $0.baseAddress, $0.count) }
        return .exited(result)
    }

    /// Collects what the program prints, both streams together.
    ///
    /// - Returns: the exit code, `nil` when the program had to be killed at the deadline; and at most `limit` bytes.
    func runCollecting(until deadline: Deadline, limit: Int) throws -> (code: Int32?, output: String) {
        let null = try OwnedFD(opening: "/dev/null", flags: O_RDWR)
        let output = try OwnedFD(opening: scratch + "/output", flags: O_RDWR | O_CREAT | O_APPEND)
        let child = try ChildProcess(
            runtime.program, arguments(["--pid-file", processID]), environment: ChildProcess.helperEnvironment,
            descriptors: [
                ChildProcess.Descriptor(source: null.rawValue, target: 0),
                ChildProcess.Descriptor(source: output.rawValue, target: 1),
                ChildProcess.Descriptor(source: output.rawValue, target: 2),
            ], group: .newSession
        )
        var code: Int32? = child.wait(until: deadline)
        if code == nil {
            if let pid = Int32(((try? Files.readText(processID, limit: 32)) ?? "").filter(\.isNumber)) {
                Glibc.kill(pid, SIGKILL)
            } else {
                Glibc.kill(child.pid, SIGKILL)
            }
            _ = child.wait()
        } else {
            code = try result(of: code ?? 0)
        }
        let text = (try? Files.readText(scratch + "/output")) ?? ""
        return (code, String(text.prefix(limit)))
    }

    func runDetached() throws {
        let null = try OwnedFD(opening: "/dev/null", flags: O_RDWR)
        let child = try ChildProcess(
            runtime.program, arguments(["--detach"]), environment: ChildProcess.helperEnvironment,
            descriptors: (0...2).map { ChildProcess.Descriptor(source: null.rawValue, target: $0) }, group: .newSession
        )
        _ = try result(of: child.wait())
    }

    func runWithTerminal(_ options: AttachOptions) throws -> AttachOutcome {
        let socketPath = scratch + "/console"
        let listener = clinux_listen_unix(socketPath)
        guard listener >= 0 else { throw IOError(errno: errno, operation: "listen", path: socketPath) }
        defer { close(listener) }
        guard clinux_set_child_subreaper(1) == 0 else { throw IOError(errno: errno, operation: "become subreaper") }
        defer { _ = clinux_set_child_subreaper(0) }
        let null = try OwnedFD(opening: "/dev/null", flags: O_RDWR)
        let child = try ChildProcess(
            runtime.program,
            arguments(["--detach", "--tty", "--pid-file", processID, "--console-socket", socketPath]),
            environment: ChildProcess.helperEnvironment,
            descriptors: (0...2).map { ChildProcess.Descriptor(source: null.rawValue, target: $0) }, group: .newSession
        )
        // The runtime connects before it leaves, or leaves with an error.
        _ = try result(of: child.wait())
        let terminal = try receiveTerminal(listener)
        defer { close(terminal) }
        return try pump(terminal, options)
    }

    private func receiveTerminal(_ listener: Int32) throws -> Int32 {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { throw IOError(errno: errno, operation: "accept console") }
        defer { close(connection) }
        let terminal = clinux_receive_descriptor(connection)
        guard terminal >= 0 else { throw IOError(errno: errno, operation: "receive console") }
        return terminal
    }

    private func pump(_ terminal: Int32, _ options: AttachOptions) throws -> AttachOutcome {
        guard let pid = Int32((try Files.readText(processID, limit: 32)).filter(\.isNumber)) else {
            throw ContainerError.system("exec: no process ID from \(runtime.program)")
        }
        var session = AttachSession(
            descriptor: terminal, peer: .terminal, options: options, usesTerminal: true,
            signal: { _ = Glibc.kill(pid, $0) },
            resize: { _ = clinux_terminal_set_size(terminal, $0.rows, $0.columns) }
        )
        guard session.run() else { return .detached }
        return .exited(ChildProcess(adopting: pid).wait())
    }

    /// The runtime's own failures are in its log; anything else is the program's exit code.
    private func result(of code: Int32) throws -> Int32 {
        guard code != 0, !Files.exists(processID) || code == 255, let reason = RuntimeLog.lastError(log) else {
            return code
        }
        throw RuntimeFailure.exec(reason)
    }
}
