// SPDX-License-Identifier: Apache-2.0

/// Lists of `KEY=value` as docker merges them.
enum EnvironmentList {
    /// PATH of an image that has none.
    static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    static func key(_ entry: String) -> Substring {
        entry.prefix { $0 != "=" }
    }

    /// The user's entries, then the image's whose keys the user did not set. An entry without `=` unsets its key.
    static func merge(user: [String], image: [String]) -> [String] {
        var positions: [Substring: Int] = [:]
        var merged: [String] = []
        for entry in user {
            if let position = positions[key(entry)] {
                merged[position] = entry
            } else {
                positions[key(entry)] = merged.count
                merged.append(entry)
            }
        }
        return merged + image.filter { positions[key($0)] == nil }
    }

    /// What the process gets: PATH, HOSTNAME and TERM in front unless the configuration sets them, HOME last.
    static func process(
        configured: [String], hostname: String, tty: Bool, home: String
    ) -> [String] {
        var defaults = ["PATH=\(defaultPath)", "HOSTNAME=\(hostname)"]
        if tty { defaults.append("TERM=xterm") }
        var result = replaceOrAppend(configured, in: defaults)
        if !result.contains(where: { key($0) == "HOME" }) { result.append("HOME=\(home)") }
        return result
    }

    /// Puts `overrides` into `base`: a known key is replaced in place, an entry without `=` removes it.
    static func replaceOrAppend(_ overrides: [String], in base: [String]) -> [String] {
        var result = base
        for entry in overrides {
            let name = key(entry)
            let position = result.firstIndex { key($0) == name }
            guard entry.contains("=") else {
                if let position { result.remove(at: position) }
                continue
            }
            if let position {
                result[position] = entry
            } else {
                result.append(entry)
            }
        }
        return result
    }
}
