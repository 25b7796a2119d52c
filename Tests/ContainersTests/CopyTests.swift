// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import Synchronization
import TarArchive
import Testing

@testable import Containers

@Suite(.timeLimit(.minutes(20)), .enabled(if: EngineFixture.canRun, "needs root, runc, conmon and busybox"))
struct CopyTests {
    private func archive(_ entries: [(TarEntry, String)]) throws -> TarReader {
        let bytes = Bytes()
        var writer = TarWriter(keepsNanoseconds: true) { bytes.value += Array($0) }
        for (entry, data) in entries {
            var sized = entry
            sized.size = Int64(data.utf8.count)
            try writer.add(sized)
            try writer.write(Array(data.utf8))
        }
        try writer.finish()
        return bytes.reader()
    }

    private func file(_ path: String) -> TarEntry {
        TarEntry(path: Array(path.utf8), kind: .file, mode: 0o640, uid: 5, gid: 6)
    }

    @Test func `a file goes in and comes out again, running or not`() throws {
        let fixture = try EngineFixture()
        _ = try fixture.create(fixture.spec("sleep", "1000"), name: "web")
        try fixture.engine.copyIn("web", "/tmp", archive: archive([(file("dir/new"), "content")]))
        #expect(fixture.mounts.isEmpty)
        let status = try fixture.engine.pathStatus("web", "/tmp/dir/new")
        #expect(status.kind == .file && status.size == 7 && status.mode == 0o640 && status.name == "new")
        try fixture.engine.start("web")
        let out = Bytes()
        try fixture.engine.copyOut("web", "/tmp/dir") { out.value += Array($0) }
        var reader = out.reader()
        #expect(try reader.next()?.displayPath == "dir/")
        let entry = try #require(try reader.next())
        #expect(entry.displayPath == "dir/new" && entry.uid == 5)
        #expect(try reader.readAll(limit: 100) == Array("content".utf8))
    }

    @Test func `missing files and places have docker's texts`() throws {
        let fixture = try EngineFixture()
        _ = try fixture.create(fixture.spec("true"), name: "web")
        let missing = ContainerError.notFound("Could not find the file /nosuch in container web")
        #expect(throws: missing) { try fixture.engine.pathStatus("web", "/nosuch") }
        #expect(throws: missing) { try fixture.engine.copyOut("web", "/nosuch") { _ in } }
        #expect(throws: missing) { try fixture.engine.copyIn("web", "/nosuch", archive: archive([])) }
    }

    @Test func `links and names cannot lead out of the container`() throws {
        let fixture = try EngineFixture()
        let outside = fixture.root + "/outside"
        try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
        try "host\n".write(toFile: outside + "/secret", atomically: false, encoding: .utf8)
        let container = try fixture.create(fixture.spec("true"), name: "web")
        let upper = try fixture.engine.paths(of: container.id).upper
        symlink(outside, upper + "/escape")
        symlink("../../../../../../../.." + outside, upper + "/climb")
        for link in ["/escape", "/climb"] {
            #expect(throws: ContainerError.self) { try fixture.engine.copyOut("web", link + "/secret") { _ in } }
            #expect(throws: (any Error).self) {
                try fixture.engine.copyIn("web", link, archive: archive([(file("planted"), "x")]))
            }
        }
        let evil: [(TarEntry, String)] = [
            (TarEntry(path: Array("link".utf8), kind: .symbolicLink(target: Array(outside.utf8)), mode: 0o777), ""),
            (file("link/planted"), "x"),
        ]
        #expect(throws: (any Error).self) { try fixture.engine.copyIn("web", "/tmp", archive: archive(evil)) }
        try? fixture.engine.copyIn("web", "/tmp", archive: archive([(file("../../planted"), "x")]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside) == ["secret"])
    }

    /// CVE-2018-15664.
    @Test func `a directory that becomes a link while it is copied leads nowhere`() throws {
        let fixture = try EngineFixture(driver: .copying)
        let outside = fixture.root + "/outside"
        try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
        try "host secret".write(toFile: outside + "/leak", atomically: false, encoding: .utf8)
        let container = try fixture.create(fixture.spec("true"), name: "web")
        let tmp = try fixture.engine.paths(of: container.id).merged + "/tmp"
        try FileManager.default.createDirectory(atPath: tmp + "/d", withIntermediateDirectories: true)
        try "inner".write(toFile: tmp + "/d/inner", atomically: false, encoding: .utf8)
        symlink(outside, tmp + "/link")
        let isDone = Atomic(false)
        let leaks = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 2) { worker in
            guard worker == 0 else {
                while !isDone.load(ordering: .relaxed) {
                    rename(tmp + "/d", tmp + "/kept")
                    rename(tmp + "/link", tmp + "/d")
                    rename(tmp + "/d", tmp + "/link")
                    rename(tmp + "/kept", tmp + "/d")
                }
                return
            }
            defer { isDone.store(true, ordering: .relaxed) }
            for _ in 0..<300 {
                let out = Bytes()
                try? fixture.engine.copyOut("web", "/tmp") { out.value += Array($0) }
                let text = String(decoding: out.value, as: UTF8.self)
                if text.contains("host secret") || text.contains("leak") { leaks.add(1, ordering: .relaxed) }
            }
        }
        #expect(leaks.load(ordering: .relaxed) == 0)
    }

    @Test func `a volume is reached through its path`() throws {
        let fixture = try EngineFixture()
        let spec = fixture.spec("cat", "/vol/sub/x") {
            $0.mounts = [MountSpec(kind: .volume, source: "vol", target: "/vol")]
        }
        _ = try fixture.create(spec, name: "web")
        try fixture.engine.copyIn("web", "/vol", archive: archive([(file("sub/x"), "in volume\n")]))
        #expect(try fixture.run("web").output == "in volume\n")
    }

    @Test func `prune takes what does not run`() throws {
        let fixture = try EngineFixture()
        let stopped = try fixture.create(fixture.spec("sh", "-c", "echo 123456789 > /tmp/x"), name: "stopped")
        #expect(try fixture.run("stopped").code == 0)
        let kept = try fixture.create(fixture.spec("true") { $0.labels = ["keep": "1"] })
        _ = try fixture.create(fixture.spec("sleep", "1000"), name: "running")
        try fixture.engine.start("running")
        var options = PruneOptions()
        options.notLabels = ["keep"]
        let result = try fixture.engine.prune(options)
        #expect(result.ids == [stopped.id] && result.reclaimed == 10)
        #expect(try Set(fixture.engine.list().map(\.name)) == [kept.name, "running"])
    }
}

private final class Bytes {
    var value: [UInt8] = []

    func reader() -> TarReader {
        var position = 0
        let bytes = value
        return TarReader { buffer in
            let count = min(buffer.count, bytes.count - position)
            bytes.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
            }
            position += count
            return count
        }
    }
}
