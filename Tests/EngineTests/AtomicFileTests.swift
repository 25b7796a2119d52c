// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation
import Testing

final class AtomicFileTests {
    private let directory = NSTemporaryDirectory() + "/dockerlite-atomic-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    private func write(_ text: String, to file: AtomicFile) throws {
        try Array(text.utf8).withUnsafeBytes { try file.write($0) }
    }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: directory).sorted() }
    }

    @Test func `the name keeps what it has until the new file is complete`() throws {
        let path = directory + "/out.tar"
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        let file = try AtomicFile(path)
        try write("new", to: file)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        // No name that a kill could leave behind, where the file system has files without names.
        #expect(try names == ["out.tar"])
        try file.commit()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
        #expect(try names == ["out.tar"])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `letting go leaves nothing behind`() throws {
        try write("half", to: try AtomicFile(directory + "/out.tar"))
        #expect(try names == [])
    }

    @Test func `what is no place for a file is refused in docker's words`() throws {
        let missing = #expect(throws: EngineError.self) { try AtomicFile(self.directory + "/no/out.tar") }
        #expect(
            missing?.message == "invalid output path: stat \(directory)/no: no such file or directory")
        let isDirectory = #expect(throws: EngineError.self) { try AtomicFile(self.directory) }
        #expect(isDirectory?.message == "cannot write to a directory")
        let device = #expect(throws: EngineError.self) { try AtomicFile("/dev/null") }
        #expect(device?.message == "cannot write to a character device file")
        #expect(symlink("/nowhere", directory + "/link") == 0)
        let link = #expect(throws: EngineError.self) { try AtomicFile(self.directory + "/link") }
        #expect(link?.message == "cannot write to a symbolic link directly")
    }
}
