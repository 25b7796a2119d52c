// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Containers

@Suite(.timeLimit(.minutes(20)), .enabled(if: EngineFixture.canRun, "needs root, runc, conmon and busybox"))
struct VolumeTests {
    @Test func `a new volume gets the image's files, a used one keeps its own`() throws {
        let fixture = try EngineFixture()
        let spec = fixture.spec("sh", "-c", "cat /data/*; echo mine > /data/mine") {
            $0.mounts = [MountSpec(kind: .volume, source: "db", target: "/data")]
        }
        #expect(try fixture.run(spec).output == "seed\n")
        #expect(try fixture.run(spec).output == "mine\nseed\n")
        #expect(try fixture.engine.listVolumes().map(\.name) == ["db"])
        #expect(throws: ContainerError.self) { try fixture.engine.removeVolume("db") }
        for container in try fixture.engine.list() { try fixture.engine.remove(container.id.hex) }
        try fixture.engine.removeVolume("db")
        #expect(throws: ContainerError.notFound("get db: no such volume")) { try fixture.engine.volume("db") }
    }

    @Test func `anonymous volumes go with a container that removes itself, named ones stay`() throws {
        let fixture = try EngineFixture()
        let spec = fixture.spec("ls", "/data", "/named") {
            $0.autoRemove = true
            $0.mounts = [
                MountSpec(kind: .volume, target: "/data"), MountSpec(kind: .volume, source: "named", target: "/named"),
            ]
        }
        #expect(try fixture.run(spec).output == "/data:\nseed\n\n/named:\n")
        #expect(try fixture.engine.listVolumes().map(\.name) == ["named"])
    }

    @Test func `binds, read-only ones, and a missing source`() throws {
        let fixture = try EngineFixture()
        let host = fixture.root + "/host"
        try FileManager.default.createDirectory(atPath: host, withIntermediateDirectories: true)
        try "h\n".write(toFile: host + "/file", atomically: false, encoding: .utf8)
        let spec = fixture.spec("sh", "-c", "cat /mnt/file; touch /mnt/x 2>/dev/null || echo denied") {
            $0.mounts = [(try? MountSpec(volume: "\(host):/mnt:ro")) ?? MountSpec(kind: .tmpfs, target: "/")]
        }
        #expect(try fixture.run(spec).output == "h\ndenied\n")
        let missing = fixture.spec("true") { $0.mounts = [MountSpec(kind: .bind, source: "/no/such", target: "/mnt")] }
        #expect(
            throws: ContainerError.invalid(
                "invalid mount config for type \"bind\": bind source path does not exist: /no/such"
            )
        ) { try fixture.create(missing) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.root + "/containers").count == 2)
    }

    @Test func `a volume's path in an image cannot leave it`() throws {
        let fixture = try EngineFixture()
        var image = fixture.image
        image.config.config.volumes = ["/../../etc"]
        let spec = fixture.spec("ls", "/etc")
        let container = try fixture.engine.create(spec, image: image)
        #expect(container.mounts.map(\.destination) == ["/etc"])
        let volume = try #require(container.mounts.first?.source)
        #expect(
            try Set(FileManager.default.contentsOfDirectory(atPath: volume)).isSubset(of: [
                "passwd", "group", "hosts", "hostname", "resolv.conf", "mtab",
            ]))
    }

    @Test func `volumes of another container`() throws {
        let fixture = try EngineFixture()
        let first = fixture.spec("sh", "-c", "echo x > /shared/x") {
            $0.mounts = [MountSpec(kind: .volume, target: "/shared")]
        }
        _ = try fixture.create(first, name: "first")
        #expect(try fixture.run("first").code == 0)
        let second = fixture.spec("cat", "/shared/x") { $0.volumesFrom = ["first:ro"] }
        #expect(try fixture.run(second).output == "x\n")
    }
}
