// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Containers

@Suite(.timeLimit(.minutes(20)), .enabled(if: EngineFixture.canRun, "needs root, runc, conmon and busybox"))
struct RunTests {
    @Test func `output, errors and exit code come through`() throws {
        let fixture = try EngineFixture()
        let result = try fixture.run(fixture.spec("sh", "-c", "echo out; echo err >&2; exit 42"))
        #expect(result.code == 42)
        #expect(result.output == "out\n")
        #expect(result.errors == "err\n")
    }

    @Test func `standard input reaches the program and ends`() throws {
        let fixture = try EngineFixture()
        let spec = fixture.spec("cat") {
            $0.openStdin = true
            $0.attachStdin = true
        }
        let result = try fixture.run(spec, input: "hello\nworld\n")
        #expect(result.code == 0)
        #expect(result.output == "hello\nworld\n")
    }

    @Test func `an ended container leaves no mount and no cgroup`() throws {
        let fixture = try EngineFixture()
        let container = try fixture.create(fixture.spec("true"))
        #expect(try fixture.run(container.id.hex).code == 0)
        #expect(fixture.mounts.isEmpty)
        #expect(EngineFixture.cgroups(of: container.id).isEmpty)
        let ended = try fixture.engine.inspect(container.id.short)
        #expect(ended.state.status == .exited)
        #expect(ended.state.startedAt < ended.state.finishedAt)
    }

    @Test func `a container that removes itself is gone afterwards`() throws {
        let fixture = try EngineFixture()
        let result = try fixture.run(fixture.spec("false") { $0.autoRemove = true })
        #expect(result.code == 1)
        #expect(try fixture.engine.list().isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.root + "/containers") == ["names"])
    }

    @Test func `a missing program is 127 with docker's text`() throws {
        let fixture = try EngineFixture()
        let container = try fixture.create(fixture.spec("nosuchcmd"), name: "missing")
        let error = #expect(throws: ContainerError.self) { try fixture.engine.start("missing") }
        #expect(
            error
                == .command(
                    message:
                        "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: \"nosuchcmd\": executable file not found in $PATH: unknown",
                    exitCode: 127
                )
        )
        let failed = try fixture.engine.inspect(container.id.hex)
        #expect(failed.state.status == .created)
        #expect(failed.state.exitCode == 127)
        #expect(fixture.mounts.isEmpty)
    }

    @Test func `a directory as program is 126`() throws {
        let fixture = try EngineFixture()
        _ = try fixture.create(fixture.spec("/etc"), name: "directory")
        let error = #expect(throws: ContainerError.self) { try fixture.engine.start("directory") }
        guard case .command(_, 126)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `user, environment, directory and hostname are the ones asked for`() throws {
        let fixture = try EngineFixture()
        let spec = fixture.spec("sh", "-c", "id; pwd; hostname; env; cat /etc/hostname") {
            $0.user = "web"
            $0.workingDirectory = "/srv/www"
            $0.hostname = "box"
            $0.environment = ["A=1"]
        }
        let lines = try fixture.run(spec).output.split(separator: "\n").map(String.init)
        #expect(lines[0] == "uid=101(web) gid=102(web) groups=102(web),103(log)")
        #expect(lines[1] == "/srv/www")
        #expect(lines[2] == "box")
        #expect(lines.contains("A=1"))
        #expect(lines.contains("HOME=/srv"))
        #expect(lines.contains("HOSTNAME=box"))
        #expect(lines.last == "box")
    }

    @Test func `limits and confinement are those of docker's defaults`() throws {
        let fixture = try EngineFixture()
        let script = """
            cat /proc/self/status | while read key value; do
              case $key in CapEff:|CapBnd:|Seccomp:|NoNewPrivs:) echo $key $value;; esac
            done
            mount -t tmpfs none /tmp 2>/dev/null && echo mounted
            ls /sys/firmware; echo x > /proc/sys/kernel/domainname 2>/dev/null || echo denied
            """
        let output = try fixture.run(fixture.spec("sh", "-c", script)).output
        #expect(
            output == """
                CapEff: 00000000a80425fb
                CapBnd: 00000000a80425fb
                NoNewPrivs: 0
                Seccomp: 2
                denied

                """
        )
    }

    @Test func `twenty containers start and end at once`() async throws {
        let fixture = try EngineFixture()
        let ids = try (0..<20).map { try fixture.create(fixture.spec("sh", "-c", "exit \($0)")).id.hex }
        try await withThrowingTaskGroup(of: (Int, Int32).self) { group in
            for (index, id) in ids.enumerated() { group.addTask { (index, try fixture.run(id).code) } }
            for try await (index, code) in group { #expect(code == Int32(index)) }
        }
        #expect(fixture.mounts.isEmpty)
        #expect(try fixture.engine.list().allSatisfy { $0.state.status == .exited })
    }
}
