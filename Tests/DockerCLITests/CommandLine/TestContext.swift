// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Synchronization

@testable import DockerCLI

/// A context whose streams are in memory, and what a command left in them.
struct TestContext {
    final class Capture: Sendable {
        let bytes = Mutex<[UInt8]>([])
        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
    }

    /// What running a command came to.
    struct Outcome: Equatable {
        var code: Int32
        var out = ""
        var err = ""
    }

    var context: Context
    let out = Capture()
    let err = Capture()

    /// - Parameters:
    ///   - columns: the width of the terminal on standard input; nil is none.
    ///   - outColumns: the same of standard output.
    init(program: String = "docker", input: String = "", columns: Int? = nil, outColumns: Int? = nil) {
        let (out, err) = (out, err)
        let remaining = Mutex(Array(input.utf8))
        let screen = columns.map { ScreenSize(columns: $0, rows: 24) }
        let outScreen = outColumns.map { ScreenSize(columns: $0, rows: 24) }
        context = Context(
            program: program, environment: [:], currentDirectory: "/",
            input: Input(screen: { screen }) {
                remaining.withLock { bytes in
                    defer { bytes = [] }
                    return bytes
                }
            },
            out: Output(isBuffered: true, screen: { outScreen }) { bytes throws(OutputError) in
                out.bytes.withLock { $0 += bytes }
            },
            err: Output(isBuffered: false) { bytes throws(OutputError) in err.bytes.withLock { $0 += bytes } },
            clock: { Timestamp(unixSeconds: 0) }, zone: .utc)
    }

    func run(_ root: Command, _ arguments: [String]) -> Outcome {
        var runner = CommandRunner(root: root, context: context)
        let code = runner.run(arguments)
        return Outcome(code: code.rawValue, out: out.text, err: err.text)
    }
}
