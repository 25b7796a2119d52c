// SPDX-License-Identifier: Apache-2.0
import Foundation
import TarArchive
import Testing

@testable import Containers

@Suite(.timeLimit(.minutes(20)), .enabled(if: EngineFixture.canRun, "needs root, runc, conmon and busybox"))
struct LayerTests {
    private final class Sink {
        var bytes: [UInt8] = []
    }

    private func entries(_ bytes: [UInt8]) throws -> [String: TarEntry] {
        var position = 0
        var reader = TarReader { buffer in
            let count = min(buffer.count, bytes.count - position)
            bytes.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
            }
            position += count
            return count
        }
        var result: [String: TarEntry] = [:]
        while let entry = try reader.next() { result[entry.displayPath] = entry }
        return result
    }

    @Test(arguments: [RootDriver.overlay, .copying])
    func `a layer holds changes, whiteouts and links, and no mounts`(driver: RootDriver) throws {
        let fixture = try EngineFixture(driver: driver)
        let script = """
            echo one > /tmp/a; ln /tmp/a /tmp/b; ln -s /etc /tmp/link; rm /data/seed; mkdir /new
            echo secret > /mnt/secret; touch -d @1.5 /new; touch /proc/x 2>/dev/null; touch /dev/shm/x
            """
        let spec = fixture.spec("sh", "-c", script) { $0.mounts = [MountSpec(kind: .tmpfs, target: "/mnt")] }
        _ = try fixture.create(spec, name: "web")
        #expect(try fixture.run("web").code == 0)
        let sink = Sink()
        #expect(try fixture.engine.writeLayer("web") { sink.bytes += Array($0) })
        let layer = try entries(sink.bytes)
        #expect(
            layer.keys.sorted() == ["data/", "data/.wh.seed", "mnt/", "new/", "tmp/", "tmp/a", "tmp/b", "tmp/link"]
        )
        #expect(layer["tmp/b"]?.kind == .hardLink(target: Array("tmp/a".utf8)))
        #expect(layer["tmp/link"]?.kind == .symbolicLink(target: Array("/etc".utf8)))
        #expect(layer["tmp/a"]?.size == 4)
        #expect(layer["tmp/"]?.mode == 0o1777)
        let again = Sink()
        _ = try fixture.engine.writeLayer("web") { again.bytes += Array($0) }
        #expect(again.bytes == sink.bytes)
        #expect(try fixture.engine.size("web") >= 4)
    }

    @Test func `without changes there is no layer`() throws {
        let fixture = try EngineFixture()
        _ = try fixture.create(fixture.spec("true"), name: "web")
        #expect(try fixture.run("web").code == 0)
        let sink = Sink()
        #expect(try !fixture.engine.writeLayer("web") { sink.bytes += Array($0) })
        #expect(sink.bytes.isEmpty)
    }

    @Test(arguments: [RootDriver.overlay, .copying])
    func `an export holds everything`(driver: RootDriver) throws {
        let fixture = try EngineFixture(driver: driver)
        _ = try fixture.create(fixture.spec("sh", "-c", "echo x > /tmp/new; rm /data/seed"), name: "web")
        #expect(try fixture.run("web").code == 0)
        let sink = Sink()
        try fixture.engine.export("web") { sink.bytes += Array($0) }
        let files = try entries(sink.bytes)
        #expect(files["bin/busybox"]?.kind == .file && files["tmp/new"]?.kind == .file)
        #expect(files["bin/sh"]?.kind == .symbolicLink(target: Array("busybox".utf8)))
        #expect(files["data/"] != nil && files["data/seed"] == nil)
    }
}
