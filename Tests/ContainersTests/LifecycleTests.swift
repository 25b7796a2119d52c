// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Containers

@Suite(.timeLimit(.minutes(20)), .enabled(if: EngineFixture.canRun, "needs root, runc, conmon and busybox"))
struct LifecycleTests {
    @Test func `stop ends a program that listens with its own code`() throws {
        let fixture = try EngineFixture()
        let trap = "trap 'exit 7' TERM; echo ready; while true; do sleep 0.05; done"
        _ = try fixture.create(fixture.spec("sh", "-c", trap), name: "web")
        try fixture.engine.start("web")
        try fixture.waitForLog("web", containing: "ready")
        #expect(try fixture.engine.inspect("web").state.status == .running)
        try fixture.engine.stop("web")
        #expect(try fixture.engine.inspect("web").state.exitCode == 7)
        #expect(throws: ContainerError.self) { try fixture.engine.stop("web") }
    }

    @Test func `stop kills a program that does not listen`() throws {
        let fixture = try EngineFixture()
        _ = try fixture.create(fixture.spec("sleep", "1000"), name: "deaf")
        try fixture.engine.start("deaf")
        try fixture.engine.stop("deaf", seconds: 0)
        #expect(try fixture.engine.inspect("deaf").state.exitCode == 137)
    }

    /// runc's init ends by SIGTERM with a code of its own, and is there for a moment after `start`.
    @Test func `signals wait for the program to be in the runtime's place`() throws {
        let directory = "/tmp/dockerlite-init-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let program = directory + "/runc:[2:INIT]"
        let shell = URL(fileURLWithPath: "/bin/sh").resolvingSymlinksInPath().path
        try FileManager.default.copyItem(atPath: shell, toPath: program)
        var input = try Containers.Pipe()
        let child = try ChildProcess(
            program, ["-c", "read line; exec /bin/sleep 1000"], environment: [],
            descriptors: [ChildProcess.Descriptor(source: input.reader, target: 0)], group: .newGroup)
        let process = try #require(ProcessIdentity(pid: child.pid))
        #expect(RuntimeInit.isRuntime(child.pid))
        #expect(write(input.writer, "\n", 1) == 1)
        RuntimeInit.awaitProgram(of: process)
        #expect(!RuntimeInit.isRuntime(child.pid))
        #expect(process.signal(SIGKILL))
        _ = child.wait()
        input.closeWriter()
    }

    @Test func `kill, wait and remove`() throws {
        let fixture = try EngineFixture()
        let container = try fixture.create(fixture.spec("sleep", "1000"), name: "web")
        try fixture.engine.start("web")
        #expect(
            throws: ContainerError.conflict(
                "cannot remove container \"web\": container is running: stop the container before removing or force remove"
            )
        ) { try fixture.engine.remove("web") }
        try fixture.engine.kill("web")
        #expect(try fixture.engine.wait("web") == 137)
        #expect(
            throws: ContainerError.conflict("cannot kill container: web: container \(container.id.hex) is not running")
        ) { try fixture.engine.kill("web") }
        try fixture.engine.remove("web")
        #expect(throws: ContainerError.notFound("No such container: web")) { try fixture.engine.inspect("web") }
        #expect(fixture.mounts.isEmpty)
    }

    @Test func `a paused container holds still and can be removed by force`() throws {
        let fixture = try EngineFixture()
        _ = try fixture.create(fixture.spec("sleep", "1000"), name: "web")
        try fixture.engine.start("web")
        try fixture.engine.pause("web")
        #expect(try fixture.engine.inspect("web").state.status == .paused)
        try fixture.engine.unpause("web")
        #expect(try fixture.engine.inspect("web").state.status == .running)
        try fixture.engine.pause("web")
        try fixture.engine.remove("web", options: RemoveOptions(force: true))
        #expect(try fixture.engine.list().isEmpty)
        #expect(fixture.mounts.isEmpty)
    }

    @Test func `names are unique, can be changed and are free after removal`() throws {
        let fixture = try EngineFixture()
        let first = try fixture.create(fixture.spec("true"), name: "web")
        #expect(
            throws: ContainerError.conflict(
                "Conflict. The container name \"/web\" is already in use by container \"\(first.id.hex)\". You have to remove (or rename) that container to be able to reuse that name."
            )
        ) { try fixture.create(fixture.spec("true"), name: "web") }
        try fixture.engine.rename("web", to: "web2")
        let second = try fixture.create(fixture.spec("true"), name: "web")
        #expect(try fixture.engine.inspect("web2").id == first.id)
        #expect(try fixture.engine.inspect("/web").id == second.id)
        #expect(
            throws: ContainerError.conflict("Renaming a container with the same name as its current name")
        ) { try fixture.engine.rename("web2", to: "web2") }
        try fixture.engine.remove("web2")
        _ = try fixture.create(fixture.spec("true"), name: "web2")
        #expect(try fixture.engine.list().count == 2)
    }

    @Test func `a container whose monitor and process were killed is told as ended`() throws {
        let fixture = try EngineFixture()
        _ = try fixture.create(fixture.spec("sleep", "1000"), name: "web")
        let started = try fixture.engine.start("web")
        #expect(started.state.monitor?.signal(SIGKILL) == true)
        #expect(try fixture.engine.inspect("web").state.status == .running)
        #expect(started.state.process?.signal(SIGKILL) == true)
        #expect(try fixture.engine.wait("web") == 255)
        #expect(try fixture.engine.inspect("web").state.status == .exited)
        #expect(fixture.mounts.isEmpty)
        try fixture.engine.start("web")
        #expect(try fixture.engine.inspect("web").state.status == .running)
    }

    @Test func `a record of another boot is told as ended`() throws {
        let fixture = try EngineFixture()
        var container = try fixture.create(fixture.spec("sleep", "1000"), name: "web")
        container.state.status = .running
        let json = #"{"pid":\#(getpid()),"startTicks":1,"bootID":"another"}"#
        container.state.process = try JSONDecoder().decode(ProcessIdentity.self, from: Data(json.utf8))
        try fixture.engine.store.save(container)
        let seen = try fixture.engine.inspect("web")
        #expect(seen.state.status == .exited)
        #expect(seen.state.exitCode == 255)
    }

    @Test func `a start that was killed in the middle leaves nothing`() throws {
        let fixture = try EngineFixture()
        var container = try fixture.create(fixture.spec("sleep", "1000"), name: "web")
        // As far as a launcher gets before its last step: everything is there, the record says "starting".
        try fixture.engine.start("web")
        container = try #require(try fixture.engine.store.load(container.id))
        container.state.status = .created
        container.state.isStarting = true
        try fixture.engine.store.save(container)
        #expect(!fixture.mounts.isEmpty, "\(container.driver), \(container.state)")
        try fixture.engine.sweep()
        #expect(fixture.mounts.isEmpty)
        #expect(EngineFixture.cgroups(of: container.id).isEmpty)
        #expect(try fixture.engine.inspect("web").state.status == .created)
        try fixture.engine.start("web")
        #expect(try fixture.engine.inspect("web").state.status == .running)
    }

    @Test func `the monitor calls when a container has ended`() throws {
        let marker = "/tmp/dockerlite-exit-\(UInt64.random(in: 0...UInt64.max))"
        defer { unlink(marker) }
        let fixture = try EngineFixture(exitCommand: ["/bin/sh", "-c", "echo $0 > \(marker)"])
        let container = try fixture.create(fixture.spec("true") { $0.autoRemove = true }, name: "web")
        try fixture.engine.start("web")
        while (try? String(contentsOfFile: marker, encoding: .utf8)) != "\(container.id.hex)\n" { usleep(2000) }
        try fixture.engine.containerExited(container.id)
        #expect(try fixture.engine.list().isEmpty)
        #expect(throws: ContainerError.self) { try fixture.engine.containerExited(container.id) }
    }

    @Test func `a container between two lives can be stopped and removed`() throws {
        let fixture = try EngineFixture()
        for name in ["first", "second"] {
            var container = try fixture.create(fixture.spec("false") { $0.restartPolicy = .always }, name: name)
            container.state.status = .restarting
            try fixture.engine.store.save(container)
        }
        try fixture.engine.stop("first")
        #expect(try fixture.engine.inspect("first").state.status == .exited)
        #expect(throws: ContainerError.self) { try fixture.engine.remove("second") }
        try fixture.engine.remove("second", options: RemoveOptions(force: true))
        #expect(try fixture.engine.list().map(\.name) == ["first"])
    }

    @Test func `limits hold and can be changed while it runs`() throws {
        let fixture = try EngineFixture()
        let spec = fixture.spec("sleep", "1000") {
            $0.resources.memory = 32 << 20
            $0.resources.pidsLimit = 50
        }
        _ = try fixture.create(spec, name: "web")
        try fixture.engine.start("web")
        #expect(try fixture.engine.stats("web").memoryLimit == 32 << 20)
        #expect(try fixture.engine.stats("web").processes == 1)
        var change = ContainerResources()
        change.memory = 48 << 20
        try fixture.engine.update("web", resources: change)
        #expect(try fixture.engine.stats("web").memoryLimit == 48 << 20)
        #expect(try fixture.engine.inspect("web").spec.resources.pidsLimit == 50)
        #expect(try fixture.engine.top("web").processes.map(\.last) == ["sleep 1000"])
        change.memory = 1
        #expect(throws: ContainerError.invalid("Minimum memory limit allowed is 6MB")) {
            try fixture.engine.update("web", resources: change)
        }
    }

    @Test func `a new start keeps the files of the last one`() throws {
        let fixture = try EngineFixture()
        _ = try fixture.create(fixture.spec("sh", "-c", "echo x >> /tmp/runs; cat /tmp/runs"), name: "twice")
        #expect(try fixture.run("twice").output == "x\n")
        #expect(try fixture.run("twice").output == "x\nx\n")
    }

    @Test func `on-failure restarts as often as allowed`() throws {
        let fixture = try EngineFixture()
        let spec = fixture.spec("sh", "-c", "echo x >> /tmp/runs; exit 3") {
            $0.restartPolicy = .onFailure(maximumRetries: 2)
        }
        let container = try fixture.create(spec, name: "again")
        try fixture.engine.start("again")
        _ = try fixture.engine.wait("again")
        try fixture.engine.containerExited(container.id)
        while try fixture.engine.inspect("again").state.restartCount < 2
            || fixture.engine.inspect("again").state.isActive
        {
            _ = try fixture.engine.wait("again")
            try fixture.engine.containerExited(container.id)
        }
        let upper = try fixture.engine.paths(of: container.id).upper
        #expect(try String(contentsOfFile: upper + "/tmp/runs", encoding: .utf8) == "x\nx\nx\n")
    }
}

extension EngineFixture {
    /// Waits until a running container has logged `text`.
    func waitForLog(_ name: String, containing text: String) throws {
        let log = try engine.paths(of: engine.inspect(name).id).log
        while (try? String(contentsOfFile: log, encoding: .utf8))?.contains(text) != true { usleep(2000) }
    }
}
