// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc

/// One invocation of the runtime's `exec`.
///
/// The runtime starts the program and leaves; the program becomes our child (a subreaper's orphan), so no monitor is
/// needed. For as long as it runs, other orphans of the process become our children too and stay zombies: this is for
/// processes that end soon.
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

    /// The program gets our standard input itself, and pipes for what it prints. As with docker, Ctrl-C ends the client
    /// alone.
    func runWithStreams(_ options: AttachOptions) throws -> AttachOutcome {
        let null = try OwnedFD(opening: "/dev/null", flags: O_RDWR)
        var relay = try StreamRelay()
        let input = ChildProcess.Descriptor(source: options.stdin ?? null.rawValue, target: 0)
        let reaper = try Subreaper()
        defer { withExtendedLifetime(reaper) {} }
        let program = try begin([], descriptors: [input] + relay.descriptors, group: .newGroup)
        // Now, so that a kill of this process leaves nothing.
        cleanUp()
        let failure = relay.run(
            until: program, stdout: options.stdout ?? null.rawValue, stderr: options.stderr ?? null.rawValue)
        return failure ?? .exited(program.wait())
    }

    /// Collects what the program prints, both streams together.
    ///
    /// - Returns: the exit code, `nil` when the program had to be killed at the deadline; and at most `limit` bytes.
    func runCollecting(until deadline: Deadline, limit: Int) throws -> (code: Int32?, output: String) {
        let null = try OwnedFD(opening: "/dev/null", flags: O_RDWR)
        let output = try OwnedFD(opening: scratch + "/output", flags: O_RDWR | O_CREAT | O_APPEND)
        let reaper = try Subreaper()
        defer { withExtendedLifetime(reaper) {} }
        let program = try begin(
            [],
            descriptors: [
                ChildProcess.Descriptor(source: null.rawValue, target: 0),
                ChildProcess.Descriptor(source: output.rawValue, target: 1),
                ChildProcess.Descriptor(source: output.rawValue, target: 2),
            ], group: .newSession
        )
        let code = program.wait(until: deadline)
        if code == nil {
            Glibc.kill(program.pid, SIGKILL)
            _ = program.wait()
        }
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            count = max(0, pread(output.rawValue, buffer.baseAddress, limit, 0))
        }
        return (code, String(decoding: bytes, as: UTF8.self))
    }

    /// Has the runtime start the program, with a ``Subreaper`` held, and leave.
    /// - Returns: the program, a child of ours.
    private func begin(
        _ extra: [String], descriptors: [ChildProcess.Descriptor], group: ChildProcess.Group
    ) throws -> ChildProcess {
        let child = try ChildProcess(
            runtime.program, arguments(["--detach", "--pid-file", processID] + extra),
            environment: ChildProcess.helperEnvironment, descriptors: descriptors, group: group)
        try check(child.wait())
        guard let pid = Int32((try Files.readText(processID, limit: 32)).filter(\.isNumber)) else {
            throw ContainerError.system("exec: no process ID from \(runtime.program)")
        }
        return ChildProcess(adopting: pid)
    }

    func runDetached() throws {
        let null = try OwnedFD(opening: "/dev/null", flags: O_RDWR)
        let child = try ChildProcess(
            runtime.program, arguments(["--detach"]), environment: ChildProcess.helperEnvironment,
            descriptors: (0...2).map { ChildProcess.Descriptor(source: null.rawValue, target: $0) }, group: .newSession
        )
        try check(child.wait())
    }

    func runWithTerminal(_ options: AttachOptions) throws -> AttachOutcome {
        let socketPath = scratch + "/console"
        let listener = clinux_listen_unix(socketPath)
        guard listener >= 0 else { throw IOError(errno: errno, operation: "listen", path: socketPath) }
        defer { close(listener) }
        let reaper = try Subreaper()
        defer { withExtendedLifetime(reaper) {} }
        let null = try OwnedFD(opening: "/dev/null", flags: O_RDWR)
        // The runtime connects before it leaves, or leaves with an error.
        let program = try begin(
            ["--tty", "--console-socket", socketPath],
            descriptors: (0...2).map { ChildProcess.Descriptor(source: null.rawValue, target: $0) }, group: .newSession
        )
        let terminal = try receiveTerminal(listener)
        defer { close(terminal) }
        cleanUp()
        return pump(program, terminal, options)
    }

    private func receiveTerminal(_ listener: Int32) throws -> Int32 {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { throw IOError(errno: errno, operation: "accept console") }
        defer { close(connection) }
        let terminal = clinux_receive_descriptor(connection)
        guard terminal >= 0 else { throw IOError(errno: errno, operation: "receive console") }
        return terminal
    }

    private func pump(_ program: ChildProcess, _ terminal: Int32, _ options: AttachOptions) -> AttachOutcome {
        var session = AttachSession(
            descriptor: terminal, peer: .terminal, options: options, usesTerminal: true,
            signal: { _ = Glibc.kill(program.pid, $0) },
            resize: { _ = clinux_terminal_set_size(terminal, $0.rows, $0.columns) }
        )
        return session.run() ?? .exited(program.wait())
    }

    /// A runtime that leaves with an error could not start the program; its log says why.
    private func check(_ code: Int32) throws {
        guard code != 0 else { return }
        throw RuntimeFailure.exec(RuntimeLog.lastError(log) ?? "\(runtime.program) exited with \(code)")
    }
}
