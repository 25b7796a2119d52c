// SPDX-License-Identifier: Apache-2.0

/// Lexical work on absolute slash-separated paths; nothing here looks at a disk.
enum PathText {
    /// Removes `.`, empty and `..` components as Go's `path.Clean` does for a rooted path.
    static func clean(_ path: String) -> String {
        "/" + components(path).joined(separator: "/")
    }

    /// The components of the cleaned path; `..` never leaves the root.
    static func components(_ path: String) -> [String] {
        var result: [String] = []
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = result.popLast()
            default: result.append(String(part))
            }
        }
        return result
    }

    static func parent(_ path: String) -> String {
        clean("/" + components(path).dropLast().joined(separator: "/"))
    }

    /// Whether `path` is `ancestor` or lies below it.
    static func contains(_ ancestor: String, _ path: String) -> Bool {
        ancestor == "/" || path == ancestor || path.hasPrefix(ancestor + "/")
    }
}
