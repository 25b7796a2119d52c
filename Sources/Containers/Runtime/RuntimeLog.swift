// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// The runtime's JSON log: where its errors are, word for word.
enum RuntimeLog {
    private struct Entry: Decodable {
        var level: String?
        var msg: String?
    }

    /// The message of the last error, without what an earlier invocation logged when the file is emptied before.
    static func lastError(_ path: String) -> String? {
        guard let bytes = try? Files.read(path, limit: 1 << 20) else { return nil }
        for line in bytes.split(separator: UInt8(ascii: "\n")).reversed() {
            guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line)) else { continue }
            if entry.level == "error" || entry.level == "fatal" { return entry.msg }
        }
        return nil
    }
}
