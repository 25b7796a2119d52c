// SPDX-License-Identifier: Apache-2.0
import Synchronization

@testable import DockerCLI

/// Keeps what a verb prints on standard output, to change it before it is shown.
final class OutputCapture: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    /// Runs `body` with a context that prints here.
    func context<Value>(like context: Context, _ body: (Context) throws -> Value) rethrows -> Value {
        var captured = context
        captured.out = Output(isBuffered: false) { bytes throws(OutputError) in self.bytes.withLock { $0 += bytes } }
        return try body(captured)
    }
}
