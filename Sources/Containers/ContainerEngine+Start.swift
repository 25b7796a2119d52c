// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import DockerFormat
import Glibc

extension ContainerEngine {
    /// Starts a container; it goes on when this process ends.
    ///
    /// - Throws: `notModified` when it runs already; `command` with docker's exit code when its program cannot be run.
    @discardableResult
    public func start(_ name: String) throws -> Container {
        let id = try store.find(name)
        do {
            return try withContainer(id, named: name) { container in
                try checkStartable(container)
                container.state.restartCount = 0
                try launch(&container) { _ in }
                return container
            }
        } catch {
            try? settle(id)
            throw error
        }
    }

    /// Starts a container and copies its streams until it ends or the detach keys are typed.
    ///
    /// An ended container that removes itself is gone when this returns.
    public func run(_ name: String, attach options: AttachOptions) throws -> AttachOutcome {
        var session: AttachSession?
        let id = try store.find(name)
        defer { if let session { close(session.descriptor) } }
        return try withWaiter(id) {
            try withContainer(id, named: name) { container in
                try checkStartable(container)
                container.state.restartCount = 0
                // Given before the program begins, so that it never sees a terminal without a size.
                let size = (options.stdout ?? options.stdin).flatMap { TerminalSize(of: $0) }
                try launch(&container, terminal: size) { container in
                    session = try connect(container, options)
                }
            }
            if let outcome = session?.run() { return outcome }
            return .exited(try awaitExit(id))
        }
    }

    private func checkStartable(_ container: Container) throws(ContainerError) {
        switch container.state.status {
        case .running: throw .notModified("container \(container.id.hex) is already running")
        case .paused:
            throw .conflict("cannot start a paused container, try unpause instead")
        case .removing, .dead:
            throw .conflict("container is marked for removal and cannot be started")
        case .created, .exited, .restarting: return
        }
    }

    /// Puts everything together and lets the program go.
    ///
    /// - Parameters:
    ///   - terminal: the size that the program's terminal has from the beginning.
    ///   - attach: called when the container exists and its program hasn't begun, so that no output is lost.
    func launch(
        _ container: inout Container, terminal: TerminalSize? = nil, attach: (Container) throws -> Void
    ) throws {
        let directory = try store.directory(container.id)
        releaseResources(&container)
        unlink("\(directory.exits)/\(container.id.hex)")
        do {
            container.state.error = ""
            container.state.wasStoppedByUser = false
            container.state.isStarting = true
            try store.save(container)
            try assemble(&container, directory, terminal)
            try store.save(container)
            try attach(container)
            let beginning = Timestamp.now()
            try runtime(for: container.spec).start(container.id, log: directory.runtimeLog)
            container.state.status = .running
            container.state.isStarting = nil
            container.state.startedAt = beginning
            container.state.finishedAt = .zero
            container.state.exitCode = 0
            container.state.health = container.configuration.healthcheck?.isEnabled == true ? HealthState() : nil
            try store.save(container)
            catalog(running: true, container.id)
            startHealthWatch(container)
        } catch {
            releaseResources(&container)
            noteFailure(error, in: &container)
            throw error
        }
    }

    /// Root file system, network, bundle, monitor.
    private func assemble(
        _ container: inout Container, _ directory: ContainerDirectory, _ terminal: TerminalSize?
    ) throws {
        let runtime = try self.runtime(for: container.spec)
        try requireLayers(of: container)
        try rootFileSystem(of: container).mount()
        if case .container(let name) = container.spec.network {
            container.configuration.hostname = try inspect(name).configuration.hostname
        }
        var builder = BundleBuilder(container: container, directory: directory, host: host)
        builder.namespaces = try joinedNamespaces(container)
        if container.spec.runsInit { builder.initProgram = try initProgram() }
        let ports = try boundPorts(container)
        if container.spec.network == .bridge {
            try connectBridge(&container, ports: ports.bound)
            builder.namespaces.network = try network().namespacePath(container.id)
        }
        try writeEtcFiles(container, directory)
        var specification = try builder.build()
        if container.spec.tty { specification.process.consoleSize = terminal.map(RuntimeProcess.ConsoleSize.init) }
        try Files.writeAtomically(try JSONText.encode(specification), to: directory.specification)
        let monitor = Monitor(
            program: try Program.find(options.monitor, package: "conmon"), runtime: runtime,
            exitCommand: options.exitCommand
        )
        let started = try monitor.create(container, directory: directory, holding: ports.sockets)
        container.state.process = started.process
        container.state.monitor = started.monitor
    }

    private func connectBridge(_ container: inout Container, ports: [NetworkAttachment.BoundPort]) throws {
        guard host.isRoot else {
            container.state.network = try network().connectUnprivileged(container)
            return
        }
        let store = try self.store
        var connected = container
        try network().connect(container, ports: ports) { attachment in
            connected.state.network = attachment
            try store.save(connected)
        }
        container = connected
    }

    private func noteFailure(_ error: any Error, in container: inout Container) {
        container.state.isStarting = nil
        guard let error = error as? ContainerError else { return }
        container.state.error = error.message
        container.state.exitCode = if case .command(_, let code) = error { code } else { 128 }
        if container.spec.autoRemove || container.state.status != .created {
            container.state.status = .exited
            container.state.finishedAt = .now()
        }
    }

    private func initProgram() throws(ContainerError) -> String {
        for name in ["docker-init", "tini-static", "tini", "catatonit"] {
            if let path = Program.locate(name) { return path }
        }
        throw .missing("--init needs a small init program: install the package tini or catatonit")
    }
}
