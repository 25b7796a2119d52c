// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import FoundationEssentials
import Glibc

/// conmon: the parent of a container's first process. It owns its output, writes the log, serves attached clients and
/// leaves the exit code, all without us.
struct Monitor {
    let program: String
    let runtime: OCIRuntime
    /// Run when the container has exited; the container's ID is appended. Empty: nothing is run.
    let exitCommand: [String]

    private struct SyncMessage: Decodable {
        var data: Int32
        var message: String?
    }

    /// The two ends of the container's life that a monitor tells about.
    struct Started {
        let process: ProcessIdentity
        let monitor: ProcessIdentity?
    }

    /// Starts a monitor, which creates the container from its bundle; the container's program waits for `start`.
    ///
    /// - Parameter sockets: descriptors that the monitor keeps open as long as it lives.
    func create(
        _ container: Container, directory: ContainerDirectory, holding sockets: [Int32]
    ) throws(ContainerError) -> Started {
        for stale in [directory.attachSocket, directory.control, directory.bundle + "/winsz", directory.runtimeLog] {
            unlink(stale)
        }
        var sync = try Pipe()
        var start = try Pipe()
        let null = try openNull()
        let child = try ChildProcess(
            program, arguments(container, directory),
            environment: ChildProcess.helperEnvironment + ["_OCI_SYNCPIPE=3", "_OCI_STARTPIPE=4"],
            descriptors: [
                ChildProcess.Descriptor(source: null.rawValue, target: 0),
                ChildProcess.Descriptor(source: null.rawValue, target: 1),
                ChildProcess.Descriptor(source: null.rawValue, target: 2),
                ChildProcess.Descriptor(source: sync.writer, target: 3),
                ChildProcess.Descriptor(source: start.reader, target: 4),
            ] + sockets.enumerated().map { ChildProcess.Descriptor(source: $1, target: 5 + Int32($0)) },
            group: .newSession, directory: directory.bundle
        )
        sync.closeWriter()
        start.closeReader()
        // conmon waits for this byte, so that its parent may move it into a cgroup first.
        var go: UInt8 = 0x30
        _ = clinux_write_quietly(start.writer, &go, 1)
        let answer = readLine(sync.reader)
        _ = child.wait()
        return try interpret(answer, directory: directory)
    }

    private func arguments(_ container: Container, _ directory: ContainerDirectory) -> [String] {
        let id = container.id.hex
        var arguments = [
            "--api-version", "1", "-c", id, "-u", id, "-n", container.name, "-r", runtime.program, "-b",
            directory.bundle,
            "-p", directory.processID, "-P", directory.monitorID, "--exit-dir", directory.exits, "--full-attach",
            "--log-level", "error", "--no-sync-log",
            "-l", container.spec.logDriver == "none" ? "none" : "k8s-file:\(directory.log)",
        ]
        for argument in runtime.globalArguments(log: directory.runtimeLog) { arguments += ["--runtime-arg", argument] }
        if container.spec.tty { arguments.append("-t") }
        if container.spec.openStdin {
            arguments.append("-i")
            // docker's StdinOnce: only a container started with its stdin attached sees the end of it; a terminal
            // stays open for who attaches next.
            if !container.spec.attachStdin || container.spec.tty { arguments.append("--leave-stdin-open") }
        }
        if let command = exitCommand.first {
            arguments += ["--exit-command", command]
            for argument in exitCommand.dropFirst() + [id] { arguments += ["--exit-command-arg", argument] }
        }
        return arguments
    }

    private func interpret(_ answer: [UInt8], directory: ContainerDirectory) throws(ContainerError) -> Started {
        let message = try? JSONDecoder().decode(SyncMessage.self, from: Data(answer))
        guard let pid = message?.data, pid > 0 else {
            let reason = RuntimeLog.lastError(directory.runtimeLog) ?? message?.message
            throw RuntimeFailure.create(reason ?? "the container monitor \(program) ended without an answer")
        }
        let monitorID = (try? Files.readText(directory.monitorID, limit: 32)).flatMap { Int32($0.filter(\.isNumber)) }
        guard let process = ProcessIdentity(pid: pid) else {
            throw RuntimeFailure.create("the container's process \(pid) has gone")
        }
        return Started(process: process, monitor: monitorID.flatMap { ProcessIdentity(pid: $0) })
    }

    private func openNull() throws(ContainerError) -> OwnedFD {
        do { return try OwnedFD(opening: "/dev/null", flags: O_RDWR) } catch { throw .system(error.description) }
    }

    private func readLine(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.last != UInt8(ascii: "\n"), bytes.count < 1 << 20 {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }
}
