// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import TarArchive

/// Helpers to make, read and mangle archives.
enum Archives {
    /// A reader over bytes in memory that delivers `step` of them at a time.
    static func reader(_ bytes: [UInt8], step: Int = 1 << 20, limits: TarLimits = TarLimits()) -> TarReader {
        var position = 0
        return TarReader(limits: limits) { buffer in
            let count = min(step, buffer.count, bytes.count - position)
            buffer.copyBytes(from: bytes[position..<(position + count)])
            position += count
            return count
        }
    }

    static func entries(_ bytes: [UInt8], step: Int = 1 << 20) throws -> [TarEntry] {
        var reader = reader(bytes, step: step)
        var entries: [TarEntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        return entries
    }

    /// Runs a program and returns its standard output; fails the test when it fails.
    @discardableResult
    static func run(_ arguments: String..., directory: String? = nil) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(arguments)")
        return Array(data)
    }

    /// Calls `body` with a new directory and removes it afterwards.
    static func withDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
        var template = Array("/tmp/dockerlite-tar-XXXXXX".utf8CString)
        let path = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    /// How often the fuzz tests go round; `DOCKERLITE_FUZZ_ITERATIONS` raises it.
    static var fuzzIterations: Int {
        ProcessInfo.processInfo.environment["DOCKERLITE_FUZZ_ITERATIONS"].flatMap(Int.init) ?? 500
    }

    /// A tree with the oddities that archivers treat differently.
    /// - Parameter sparseParts: how many blocks the sparse file has; GNU's first header holds four.
    static func makeTree(in root: String, sparseParts: Int = 30) throws {
        let manager = FileManager.default
        let long = String(repeating: "long-name-", count: 15)
        try manager.createDirectory(atPath: "\(root)/dir/\(long)/sub", withIntermediateDirectories: true)
        for (name, size) in [
            ("empty", 0), ("one", 1), ("block", 512), ("dir/big", 100_001), ("dir/\(long)/sub/f", 700),
        ] {
            try Data(repeating: 0x61, count: size).write(to: URL(fileURLWithPath: "\(root)/\(name)"))
        }
        try manager.createSymbolicLink(atPath: "\(root)/link", withDestinationPath: "/\(long)\(long)")
        try manager.linkItem(atPath: "\(root)/dir/big", toPath: "\(root)/hard")
        try Data("ü".utf8).write(to: URL(fileURLWithPath: "\(root)/grün"))
        mkfifo("\(root)/pipe", 0o600)
        chmod("\(root)/one", 0o4755)
        var times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1_234_567_890, tv_nsec: 123_456_700)]
        utimensat(AT_FDCWD, "\(root)/one", &times, 0)
        let sparse = open("\(root)/sparse", O_WRONLY | O_CREAT, 0o644)
        for index in 0..<sparseParts { pwrite(sparse, "data", 4, off_t(index * 65_536 + 8192)) }
        ftruncate(sparse, 3_000_000)
        close(sparse)
    }
}
