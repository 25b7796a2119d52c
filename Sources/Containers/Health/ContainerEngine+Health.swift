// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import DockerFormat
import Glibc

extension ContainerEngine {
    /// Tests a container's health at its intervals until it ends; the body of the hidden command that a start with a
    /// health check leaves running (``EngineOptions/healthCommand``).
    public func watchHealth(_ id: ContainerID) throws {
        while true {
            let container = try inspect(id.hex)
            guard container.state.isActive, let check = container.configuration.healthcheck, check.isEnabled else {
                return
            }
            let schedule = HealthSchedule(check)
            let age = container.state.startedAt.nanoseconds(until: .now())
            let pause = schedule.pause(status: container.state.health?.status ?? .starting, age: age)
            let watch = ExitWatch(directory: try store.directory(id), container: container)
            if watch.wait(until: Deadline(nanoseconds: pause)) != nil { return }
            if try inspect(id.hex).state.status == .running { _ = try probeHealth(id) }
        }
    }

    /// Runs the health check once and notes the outcome.
    @discardableResult
    public func probeHealth(_ id: ContainerID) throws -> HealthState {
        let container = try inspect(id.hex)
        guard let check = container.configuration.healthcheck, check.isEnabled else {
            throw ContainerError.invalid("container \(id.hex) has no health check")
        }
        let schedule = HealthSchedule(check)
        let probe = try run(check, in: container, timeout: schedule.timeout)
        return try withContainer(id) { container in
            guard container.state.isActive else { return container.state.health ?? HealthState() }
            var health = container.state.health ?? HealthState()
            let age = container.state.startedAt.nanoseconds(until: probe.start)
            health.record(probe, retries: schedule.retries, inStartPeriod: age < schedule.startPeriod)
            container.state.health = health
            return health
        }
    }

    private func run(_ check: HealthCheck, in container: Container, timeout: Int64) throws -> HealthState.Probe {
        let shell = container.configuration.shell ?? ["/bin/sh", "-c"]
        let command = check.test[0] == "CMD-SHELL" ? shell + check.test.dropFirst() : Array(check.test.dropFirst())
        let start = Timestamp.now()
        let session = try execSession(container, ExecSpec(command: command))
        defer { session.cleanUp() }
        do {
            let (code, output) = try session.runCollecting(until: Deadline(nanoseconds: timeout), limit: 4096)
            guard let code else {
                let text = "Health check exceeded timeout (\(GoDuration(nanoseconds: timeout)))"
                return HealthState.Probe(start: start, end: .now(), exitCode: -1, output: text)
            }
            return HealthState.Probe(start: start, end: .now(), exitCode: code, output: output)
        } catch let error as ContainerError {
            return HealthState.Probe(start: start, end: .now(), exitCode: -1, output: error.message)
        }
    }

    /// Leaves a watcher running for a container that has just been started.
    func startHealthWatch(_ container: Container) {
        guard container.configuration.healthcheck?.isEnabled == true, let program = options.healthCommand.first,
            let null = try? OwnedFD(opening: "/dev/null", flags: O_RDWR)
        else { return }
        // The shell between us and the watcher ends at once, so that nobody has to wait for the watcher itself.
        let script = #"exec "$@" & "#
        let child = try? ChildProcess(
            "/bin/sh", ["-c", script, "sh", program] + options.healthCommand.dropFirst() + [container.id.hex],
            environment: ChildProcess.helperEnvironment,
            descriptors: (0...2).map { ChildProcess.Descriptor(source: null.rawValue, target: $0) }, group: .newSession
        )
        _ = child?.wait()
    }
}
