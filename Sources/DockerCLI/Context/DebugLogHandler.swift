// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Logging

/// Writes debug messages to stderr, one line each; values are escaped, since registries choose some of them.
struct DebugLogHandler: LogHandler {
    let output: Output
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .debug

    init(output: Output) {
        self.output = output
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let values = metadata.merging(event.metadata ?? [:]) { $1 }
        let tail = values.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        output.print("\(event.level): " + TerminalText.escaped("\(event.message)\(tail)"))
    }
}
