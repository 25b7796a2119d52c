// SPDX-License-Identifier: Apache-2.0

/// Bytes to text as Go does it.
public enum GoText {
    /// The text of `bytes`; each byte that is not part of valid UTF-8 becomes U+FFFD of its own (Swift would merge the
    /// bytes of a truncated sequence into one).
    public static func decode(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var result = ""
        var rest = bytes[...]
        while let first = rest.first {
            let sequence = rest.prefix(length(startingWith: first))
            if let text = String(validating: sequence, as: UTF8.self) {
                result += text
                rest.removeFirst(sequence.count)
            } else {
                result += "\u{FFFD}"
                rest.removeFirst()
            }
        }
        return result
    }

    private static func length(startingWith byte: UInt8) -> Int {
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }
}
