// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Runs a program of the system and gives what it prints; for test tools only.
enum CommandOutput {
    struct Failure: Error {
        let program: String
        let status: Int32
    }

    static func of(_ program: String, _ arguments: [String], input: Data = Data()) throws -> Data {
        let process = Process()
        let output = Pipe()
        let stdin = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = output
        process.standardInput = stdin
        process.standardError = FileHandle.nullDevice
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: input)
        try stdin.fileHandleForWriting.close()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(program: program, status: process.terminationStatus)
        }
        return data
    }
}
