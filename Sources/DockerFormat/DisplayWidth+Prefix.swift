// SPDX-License-Identifier: Apache-2.0

extension DisplayWidth {
    /// The longest start of `text` that takes at most `limit` columns.
    public static func prefix(of text: String, columns limit: Int) -> String {
        var used = 0
        var result = ""
        for character in text {
            used += columns(of: character)
            guard used <= limit else { break }
            result.append(character)
        }
        return result
    }
}
