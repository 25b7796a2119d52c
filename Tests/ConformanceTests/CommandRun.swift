// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import Synchronization
import TestSupport

@testable import DockerCLI

/// One command line of `docker`, run in this process on a store, a configuration and streams of its own.
struct CommandRun {
    struct Outcome {
        var code: Int32
        var out = ""
        var err = ""
    }

    private final class Capture: Sendable {
        let bytes = Mutex<[UInt8]>([])
        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
    }

    private let directory: TemporaryDirectory
    private let out = Capture()
    private let err = Capture()
    let context: Context

    /// - Parameters:
    ///   - config: the client's config.json.
    ///   - engine: the engine's settings.
    init(now: Timestamp, input: String, config: [String: Any], engine: [String: Any] = [:]) throws {
        directory = try TemporaryDirectory()
        for (name, object) in [("config.json", config), ("daemon.json", engine)] {
            let text = try JSONSerialization.data(withJSONObject: object)
            try directory.write(String(decoding: text, as: UTF8.self), to: name)
        }
        let (out, err) = (out, err)
        let remaining = Mutex(Array(input.utf8))
        context = Context(
            program: "docker",
            environment: [
                "HOME": directory.path, "DOCKERLITE_ROOT": directory.path + "/store", "DOCKER_CONFIG": directory.path,
                "DOCKERLITE_CONFIG_FILE": directory.path + "/daemon.json",
            ],
            currentDirectory: directory.path,
            input: Input {
                remaining.withLock { bytes in
                    defer { bytes = [] }
                    return bytes
                }
            },
            out: Output(isBuffered: true) { bytes throws(OutputError) in out.bytes.withLock { $0 += bytes } },
            err: Output(isBuffered: false) { bytes throws(OutputError) in err.bytes.withLock { $0 += bytes } },
            clock: { now }, zone: .utc)
    }

    func run(_ root: Command, _ arguments: [String]) -> Outcome {
        var runner = CommandRunner(root: root, context: context)
        let code = runner.run(arguments)
        return Outcome(code: code.rawValue, out: out.text, err: err.text)
    }
}
