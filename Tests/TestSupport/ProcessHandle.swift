// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// A child process that doesn't outlive its handle.
final class ProcessHandle: Sendable {
    // Process isn't Sendable; it is only touched under the lock.
    private let process: Mutex<Process>

    init(_ program: String, _ arguments: [String], log: String) throws {
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        self.process = Mutex(process)
    }

    deinit {
        stop()
    }

    var isRunning: Bool {
        process.withLock { $0.isRunning }
    }

    /// Sends the signal, which must end the process, and waits for that.
    func stop(_ signal: Int32 = SIGKILL) {
        process.withLock { process in
            guard process.isRunning else { return }
            kill(process.processIdentifier, signal)
            process.waitUntilExit()
        }
    }
}
