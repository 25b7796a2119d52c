// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc

extension ContainerEngine {
    /// Runs a further program in a running container.
    ///
    /// - Parameter options: `nil` lets it run by itself, with no streams (`-d`); else its streams are copied until it
    ///   ends.
    /// - Returns: how it ended; `nil` for one that runs by itself.
    /// - Throws: `command` with docker's text and code 126 or 127 when it cannot be run.
    public func exec(_ name: String, _ spec: ExecSpec, attach options: AttachOptions?) throws -> AttachOutcome? {
        let container = try inspect(name)
        try checkExec(container, name)
        var process = try execProcess(container, spec)
        // A terminal would go with us, who hold its other side.
        if options == nil { process.terminal = false }
        // Before the program begins, so that it never sees a terminal without a size.
        if spec.tty, let size = (options?.stdout ?? options?.stdin).flatMap({ TerminalSize(of: $0) }) {
            process.consoleSize = RuntimeProcess.ConsoleSize(size)
        }
        let session = try execSession(container, process)
        defer { session.cleanUp() }
        guard let options else {
            try session.runDetached()
            return nil
        }
        return spec.tty ? try session.runWithTerminal(options) : try session.runWithStreams(options)
    }

    func execSession(_ container: Container, _ spec: ExecSpec) throws -> ExecSession {
        try execSession(container, execProcess(container, spec))
    }

    private func execSession(_ container: Container, _ process: RuntimeProcess) throws -> ExecSession {
        try ExecSession(runtime: runtime(for: container.spec), container: container, process: process)
    }

    private func checkExec(_ container: Container, _ name: String) throws(ContainerError) {
        let id = container.id.hex
        switch container.state.status {
        case .running: return
        case .paused: throw .conflict("Container \(name) is paused, unpause the container before exec")
        case .restarting: throw .restarting(container.id)
        default: throw .conflict("container \(id) is not running")
        }
    }

    /// docker looks the user up when the program is about to begin, and counts what it doesn't find as a failed program.
    private static func resolve(
        _ user: String, _ container: Container, _ builder: BundleBuilder
    ) throws -> ResolvedUser {
        do {
            return try builder.resolveUser(user, groups: container.spec.groupsAdded)
        } catch let error as ContainerError {
            throw ContainerError.command(message: error.message, exitCode: 126)
        }
    }

    private static func isHome(_ entry: String) -> Bool { EnvironmentList.key(entry) == "HOME" }

    /// The container's process with what `spec` changes.
    private func execProcess(_ container: Container, _ spec: ExecSpec) throws -> RuntimeProcess {
        guard !spec.command.isEmpty else { throw ContainerError.invalid("No exec command specified") }
        let directory = try store.directory(container.id)
        let bundle = try JSONText.decode(
            RuntimeSpec.self, from: try Files.read(directory.specification), path: directory.specification
        )
        var process = bundle.process
        process.terminal = spec.tty
        process.args = spec.command
        // The runtime's HOME is not chosen by anybody: it comes last, and is the user's.
        var home = process.env.first { Self.isHome($0) && !container.configuration.environment.contains($0) }
        process.env.removeAll { $0 == home }
        process.env = EnvironmentList.replaceOrAppend(spec.environment, in: process.env)
        if spec.tty, !process.env.contains(where: { $0.hasPrefix("TERM=") }) { process.env.append("TERM=xterm") }
        // docker leaves the check of the directory to the runtime.
        if let directory = spec.workingDirectory { process.cwd = directory }
        let builder = BundleBuilder(container: container, directory: directory, host: host)
        if let text = spec.user {
            let user = try Self.resolve(text, container, builder)
            process.user = RuntimeProcess.User(uid: user.uid, gid: user.gid, additionalGids: user.groups)
            home = "HOME=\(user.home)"
        }
        if let home, !process.env.contains(where: Self.isHome) { process.env.append(home) }
        let bounding =
            spec.privileged
            ? Capabilities.named(in: host.capabilities) : process.capabilities?.bounding ?? []
        process.capabilities = BundleBuilder.capabilitySets(bounding, uid: process.user.uid)
        if spec.privileged { process.apparmorProfile = nil }
        return process
    }
}
