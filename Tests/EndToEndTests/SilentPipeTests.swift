// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Archives from a pipe that has fallen silent: a signal ends the wait at once, and nothing of them is left.
struct SilentPipeTests {
    /// What comes before the silence.
    private static let heads: [[UInt8]] = [
        [], Array("half an archive".utf8), Array("BZh91AY&SY".utf8), [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
        Array(TestTar.archive([TestTar.Member("layer.tar", [UInt8](repeating: 1, count: 8 << 20))]).prefix(6 << 20)),
    ]

    @Test(arguments: [["load", "-i", "PIPE"], ["pull", "oci-archive:PIPE"]], heads.indices)
    func `a signal ends the wait for a silent pipe`(arguments: [String], head: Int) async throws {
        let dockerlite = try DockerliteProcess()
        let pipe = dockerlite.workingDirectory + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        let commandLine = arguments.map { $0.replacing("PIPE", with: pipe) }
        let status = try await background { try Self.interrupt(commandLine, dockerlite, Self.heads[head], pipe) }
        #expect(status == 130)
        #expect(Self.names("leases", in: dockerlite) == [])
        #expect(Self.names("ingest", in: dockerlite) == [])
    }

    /// Starts the command line, writes `head` to the pipe that it reads, and interrupts it.
    /// - Returns: its exit code.
    private static func interrupt(
        _ arguments: [String], _ dockerlite: DockerliteProcess, _ head: [UInt8], _ pipe: String
    ) throws -> Int32 {
        let process = try dockerlite.start(arguments)
        while names("leases", in: dockerlite).isEmpty, process.isRunning { usleep(1000) }
        #expect(process.isRunning, "it waits for a writer")
        let writer = try #require(fopen(pipe, "r+"))
        defer { fclose(writer) }
        // What is longer than the pipe has been read, all but the rest that fits into it.
        _ = head.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, writer) }
        fflush(writer)
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        return process.terminationStatus
    }

    private static func names(_ directory: String, in dockerlite: DockerliteProcess) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: dockerlite.root + "/" + directory)) ?? []
    }
}
