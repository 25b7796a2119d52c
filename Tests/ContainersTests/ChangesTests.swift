// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Foundation
import TarArchive
import Testing

@testable import Containers

@Suite(.timeLimit(.minutes(20)), .enabled(if: EngineFixture.canRun, "needs root, runc, conmon and busybox"))
struct ChangesTests {
    private func lines(_ changes: [Change]) -> [String] {
        changes.map { "\($0.kind.letter) \($0.displayPath)" }
    }

    @Test(arguments: [RootDriver.overlay, .copying])
    func `added, changed and deleted files are told in order`(driver: RootDriver) throws {
        let fixture = try EngineFixture(driver: driver)
        let script = """
            echo new > /data/new; rm /data/seed; mkdir -p /srv/a/b; echo x > /srv/a/b/c
            echo more >> /etc/group; ln -s nowhere /tmp/link; touch -d 2020-01-01 /etc/passwd
            """
        _ = try fixture.create(fixture.spec("sh", "-c", script), name: "web")
        #expect(try fixture.run("web").code == 0)
        #expect(
            try lines(fixture.engine.changes("web")) == [
                "C /data", "A /data/new", "D /data/seed", "C /etc", "C /etc/group", "C /etc/passwd", "A /srv",
                "A /srv/a", "A /srv/a/b", "A /srv/a/b/c", "C /tmp", "A /tmp/link",
            ]
        )
    }

    @Test(arguments: [RootDriver.overlay, .copying])
    func `names that are not UTF-8 keep their bytes, and are shown as docker's API does`(driver: RootDriver) throws {
        let fixture = try EngineFixture(driver: driver)
        let script = #"echo x > "/tmp/$(printf 'cut\342\202')"; mkdir "/$(printf '\351')""#
        _ = try fixture.create(fixture.spec("sh", "-c", script), name: "web")
        #expect(try fixture.run("web").code == 0)
        let changes = try fixture.engine.changes("web")
        #expect(lines(changes) == ["C /tmp", "A /tmp/cut\u{FFFD}\u{FFFD}", "A /\u{FFFD}"])
        #expect(changes.last?.path.bytes == [0x2F, 0xE9])
    }

    @Test(arguments: [RootDriver.overlay, .copying])
    func `a container that changes nothing has no changes`(driver: RootDriver) throws {
        let fixture = try EngineFixture(driver: driver)
        _ = try fixture.create(fixture.spec("ls", "/data"), name: "web")
        #expect(try fixture.run("web").output == "seed\n")
        #expect(try fixture.engine.changes("web").isEmpty)
    }

    @Test(arguments: [RootDriver.overlay, .copying])
    func `of a deleted directory only the top is told`(driver: RootDriver) throws {
        let fixture = try EngineFixture(driver: driver)
        _ = try fixture.create(fixture.spec("rm", "-r", "/data"), name: "web")
        #expect(try fixture.run("web").code == 0)
        #expect(try lines(fixture.engine.changes("web")) == ["D /data"])
    }

    @Test(arguments: [RootDriver.overlay, .copying])
    func `a directory made anew tells what it lacks`(driver: RootDriver) throws {
        let fixture = try EngineFixture(driver: driver)
        let script = "rm -r /data && mkdir /data && echo x > /data/other"
        _ = try fixture.create(fixture.spec("sh", "-c", script), name: "web")
        #expect(try fixture.run("web").code == 0)
        #expect(try lines(fixture.engine.changes("web")) == ["C /data", "A /data/other", "D /data/seed"])
    }

    @Test(arguments: [RootDriver.overlay, .copying])
    func `a directory in a file's place and the other way round`(driver: RootDriver) throws {
        let fixture = try EngineFixture(driver: driver)
        let script = "rm /etc/group && mkdir /etc/group && touch /etc/group/x; rm -r /data; touch /data"
        _ = try fixture.create(fixture.spec("sh", "-c", script), name: "web")
        #expect(try fixture.run("web").code == 0)
        #expect(
            try lines(fixture.engine.changes("web")) == [
                "C /data", "D /data/seed", "C /etc", "C /etc/group", "A /etc/group/x",
            ]
        )
    }

    @Test func `a running container can be asked`() throws {
        let fixture = try EngineFixture()
        _ = try fixture.create(fixture.spec("sh", "-c", "touch /new; echo ready; sleep 1000"), name: "web")
        try fixture.engine.start("web")
        try fixture.waitForLog("web", containing: "ready")
        #expect(try lines(fixture.engine.changes("web")) == ["A /new"])
    }
}
