// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation

/// What a real docker printed for a list of command lines; `scripts/golden.sh` records it and says how it is written.
struct GoldenTranscript {
    struct Step {
        /// The words after `docker`.
        var arguments: [String]
        var line: String
        var outcome = TestContext.Outcome(code: 0)
    }

    /// The directory of the transcripts and of what they were recorded with.
    static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Goldens").path

    private(set) var steps: [Step] = []
    /// The time of the recording.
    private(set) var now = Timestamp(unixSeconds: 0)

    init(_ name: String) throws {
        let text = try String(contentsOfFile: Self.directory + "/" + name, encoding: .utf8)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() { read(String(line)) }
    }

    private mutating func read(_ line: String) {
        if line.hasPrefix("# now ") {
            now = Timestamp(unixSeconds: Int64(line.dropFirst(6)) ?? 0)
        } else if line.hasPrefix("$ docker ") {
            steps.append(Step(arguments: Self.words(line.dropFirst(9)), line: line))
        } else if let last = steps.indices.last {
            Self.read(line, into: &steps[last].outcome)
        }
    }

    private static func read(_ line: String, into outcome: inout TestContext.Outcome) {
        if line.hasPrefix("2> ") {
            outcome.err += line.dropFirst(3) + "\n"
        } else if line.hasPrefix("[exit ") {
            outcome.code = Int32(line.dropFirst(6).dropLast()) ?? -1
        } else if line == "[no newline]" {
            outcome.out.removeLast()
        } else {
            outcome.out += line + "\n"
        }
    }

    /// The words of a command line that quotes with apostrophes only.
    private static func words(_ line: Substring) -> [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        for character in line {
            switch character {
            case "'":
                isQuoted.toggle()
                word = word ?? ""
            case " " where !isQuoted:
                if let word { words.append(word) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        return words + [word].compactMap { $0 }
    }
}
