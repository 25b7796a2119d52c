// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Containers

@Suite(.timeLimit(.minutes(20)), .enabled(if: EngineFixture.canRun, "needs root, runc, conmon and busybox"))
struct ExecTests {
    private func running(_ fixture: EngineFixture, configure: (inout ContainerSpec) -> Void = { _ in }) throws {
        _ = try fixture.create(fixture.spec("sleep", "1000", configure: configure), name: "web")
        try fixture.engine.start("web")
    }

    private func exec(
        _ fixture: EngineFixture, _ spec: ExecSpec, input: String? = nil
    ) throws -> (code: Int32, output: String, errors: String) {
        try Captured.collect(input: input) { options in
            guard case .exited(let code)? = try fixture.engine.exec("web", spec, attach: options) else { return -1 }
            return code
        }
    }

    @Test func `streams and exit code come through`() throws {
        let fixture = try EngineFixture()
        try running(fixture)
        let result = try exec(fixture, ExecSpec(command: ["sh", "-c", "cat; echo err >&2; exit 7"]), input: "in")
        #expect(result == (7, "in", "err\n"))
    }

    @Test func `an exit code of 255 is the program's`() throws {
        let fixture = try EngineFixture()
        try running(fixture)
        #expect(try exec(fixture, ExecSpec(command: ["sh", "-c", "exit 255"])).code == 255)
    }

    @Test func `a missing program is 127, a directory 126, with docker's texts`() throws {
        let fixture = try EngineFixture()
        try running(fixture)
        #expect(
            throws: ContainerError.command(
                message:
                    "OCI runtime exec failed: exec failed: unable to start container process: exec: \"nosuch\": executable file not found in $PATH: unknown",
                exitCode: 127
            )
        ) { try exec(fixture, ExecSpec(command: ["nosuch"])) }
        #expect(
            throws: ContainerError.command(
                message:
                    "OCI runtime exec failed: exec failed: unable to start container process: exec: \"/etc\": permission denied: unknown",
                exitCode: 126
            )
        ) { try exec(fixture, ExecSpec(command: ["/etc"])) }
    }

    @Test func `user, directory and environment can be changed`() throws {
        let fixture = try EngineFixture()
        try running(fixture) { $0.environment = ["A=1", "B=2"] }
        var spec = ExecSpec(command: ["sh", "-c", "id -u; pwd; echo $A $B $HOME"])
        spec.user = "web"
        spec.workingDirectory = "/tmp"
        spec.environment = ["A=3"]
        #expect(try exec(fixture, spec).output == "101\n/tmp\n3 2 /srv\n")
    }

    @Test func `a detached program goes on by itself`() throws {
        let fixture = try EngineFixture()
        try running(fixture)
        let spec = ExecSpec(command: ["sh", "-c", "echo done > /tmp/flag"])
        #expect(try fixture.engine.exec("web", spec, attach: nil) == nil)
        let flag = try fixture.engine.paths(of: fixture.engine.inspect("web").id).merged + "/tmp/flag"
        while (try? String(contentsOfFile: flag, encoding: .utf8)) != "done\n" { usleep(2000) }
    }

    @Test func `a container that does not run is refused`() throws {
        let fixture = try EngineFixture()
        let container = try fixture.create(fixture.spec("true"), name: "web")
        #expect(throws: ContainerError.conflict("container \(container.id.hex) is not running")) {
            try exec(fixture, ExecSpec(command: ["true"]))
        }
    }
}
