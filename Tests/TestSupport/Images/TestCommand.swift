// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Runs a program to its end, for fixtures.
public enum TestCommand {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        public init(description: String) {
            self.description = description
        }
    }

    public struct Result: Sendable {
        public let status: Int32
        public let output: [UInt8]
        public let errors: String

        public var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Runs `arguments`, the first of which is found on PATH, and feeds it `input`.
    public static func run(
        _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:], directory: String? = nil
    ) throws -> Result {
        let scratch = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        // Files, not pipes: a full pipe would stop the program while its other stream is read.
        process.standardInput = try stream("in", input, in: scratch)
        process.standardOutput = try stream("out", [], in: scratch)
        process.standardError = try stream("err", [], in: scratch)
        try process.run()
        process.waitUntilExit()
        let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return Result(
            status: status, output: try contents("out", of: scratch),
            errors: String(decoding: try contents("err", of: scratch), as: UTF8.self))
    }

    private static func stream(_ name: String, _ bytes: [UInt8], in scratch: TemporaryDirectory) throws -> FileHandle {
        let url = URL(fileURLWithPath: scratch.path + "/" + name)
        try Data(bytes).write(to: url)
        return try FileHandle(forUpdating: url)
    }

    private static func contents(_ name: String, of scratch: TemporaryDirectory) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/" + name)))
    }

    /// Like ``run(_:input:environment:directory:)``, but a failure of the program is thrown.
    @discardableResult
    public static func check(_ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
        let result = try run(arguments, input: input)
        guard result.status == 0 else {
            throw Failure(
                description: "\(arguments.joined(separator: " ")) ended with \(result.status): \(result.errors)")
        }
        return result.output
    }
}
