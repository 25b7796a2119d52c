// SPDX-License-Identifier: Apache-2.0

/// The text of `--label`: `key=value`, or a key alone.
enum LabelText {
    private static let blanks: Set<Character> = [" ", "\t"]

    /// The text as it is when its key is one.
    /// - Throws: `FlagError` with docker's words.
    static func checked(_ text: String) throws(FlagError) -> String {
        let key = text.prefix { $0 != "=" }.drop(while: blanks.contains)
        if key.isEmpty { throw FlagError("invalid label '\(text)': empty name") }
        if key.contains(where: blanks.contains) { throw FlagError("label '\(key)' contains whitespaces") }
        return text
    }
}
