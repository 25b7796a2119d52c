// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// One line of the monitor's log: `TIME STREAM TAG CONTENT`, where the tag is F for a full line and P for a part of
/// one that had no newline yet (the Kubernetes CRI log format).
struct LogLine {
    let time: Timestamp
    let stream: LogStream
    let isPartial: Bool
    let content: ArraySlice<UInt8>

    /// `nil` when the line is damaged, as the last one of a machine that lost power may be.
    init?(_ line: ArraySlice<UInt8>) {
        let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 3, omittingEmptySubsequences: false)
        guard fields.count == 4, let time = try? Timestamp(rfc3339: String(decoding: fields[0], as: UTF8.self))
        else {
            return nil
        }
        switch String(decoding: fields[1], as: UTF8.self) {
        case "stdout": stream = .stdout
        case "stderr": stream = .stderr
        default: return nil
        }
        self.time = time
        isPartial = fields[2].first == UInt8(ascii: "P")
        content = fields[3]
    }

    /// Whether a raw line ends a message, judged without parsing all of it.
    static func endsMessage(_ line: ArraySlice<UInt8>) -> Bool {
        var spaces = 0
        for byte in line {
            if spaces == 2 { return byte == UInt8(ascii: "F") }
            if byte == UInt8(ascii: " ") { spaces += 1 }
        }
        return false
    }
}
