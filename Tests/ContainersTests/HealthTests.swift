// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import Testing

@testable import Containers

@Suite(.timeLimit(.minutes(20)), .enabled(if: EngineFixture.canRun, "needs root, runc, conmon and busybox"))
struct HealthTests {
    private func start(_ fixture: EngineFixture, _ check: HealthCheck) throws -> ContainerID {
        let spec = fixture.spec("sleep", "1000") { $0.healthcheck = check }
        let container = try fixture.create(spec, name: "web")
        try fixture.engine.start("web")
        return container.id
    }

    @Test func `a probe says what the check says`() throws {
        let fixture = try EngineFixture()
        let id = try start(fixture, HealthCheck(test: ["CMD-SHELL", "echo checked; test -e /tmp/ok"], retries: 2))
        #expect(try fixture.engine.inspect("web").state.health?.status == .starting)
        #expect(try fixture.engine.probeHealth(id).status == .starting)
        let second = try fixture.engine.probeHealth(id)
        #expect(second.status == .unhealthy && second.failingStreak == 2)
        #expect(second.log.map(\.output) == ["checked\n", "checked\n"] && second.log.map(\.exitCode) == [1, 1])
        _ = try fixture.engine.exec(
            "web", ExecSpec(command: ["touch", "/tmp/ok"]), attach: AttachOptions(stdout: nil, stderr: nil))
        #expect(try fixture.engine.probeHealth(id).status == .healthy)
        #expect(try fixture.engine.inspect("web").state.health?.failingStreak == 0)
    }

    @Test func `a check that hangs is killed and fails`() throws {
        let fixture = try EngineFixture()
        let id = try start(fixture, HealthCheck(test: ["CMD", "sleep", "1000"], timeout: 200_000_000, retries: 1))
        let health = try fixture.engine.probeHealth(id)
        #expect(health.status == .unhealthy)
        #expect(health.log.first?.exitCode == -1)
        #expect(health.log.first?.output == "Health check exceeded timeout (200ms)")
    }

    @Test func `failures during the start period do not count`() {
        var health = HealthState()
        let probe = HealthState.Probe(start: .now(), end: .now(), exitCode: 1, output: "")
        health.record(probe, retries: 1, inStartPeriod: true)
        #expect(health.status == .starting && health.failingStreak == 0)
        for _ in 0..<9 { health.record(probe, retries: 1, inStartPeriod: false) }
        #expect(health.status == .unhealthy && health.log.count == 5)
    }

    @Test func `watching ends with the container`() async throws {
        let fixture = try EngineFixture()
        let id = try start(fixture, HealthCheck(test: ["CMD", "true"], interval: 20_000_000))
        let watcher = Thread { try? fixture.engine.watchHealth(id) }
        watcher.start()
        while try fixture.engine.inspect("web").state.health?.status != .healthy { usleep(2000) }
        try fixture.engine.kill("web")
        while !watcher.isFinished { usleep(2000) }
    }
}
