// SPDX-License-Identifier: Apache-2.0

extension TOMLParser {
    var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    var line: Int {
        bytes[counted.index..<min(index, bytes.count)].reduce(counted.line) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    }

    func error(_ reason: String) -> TOMLError {
        TOMLError(line: line, reason: reason)
    }

    /// Spaces and tabs.
    mutating func skipBlanks() {
        while peek == 0x20 || peek == 0x09 { index += 1 }
    }

    /// White space, line ends and comments: what may stand between the elements of an array.
    mutating func skipSpace() throws(TOMLError) {
        while true {
            skipBlanks()
            guard peek == UInt8(ascii: "#") || peek == UInt8(ascii: "\n") || peek == UInt8(ascii: "\r") else { return }
            try endOfLine()
        }
    }

    /// A comment and the end of its line; or the end of the text.
    mutating func endOfLine() throws(TOMLError) {
        skipBlanks()
        if peek == UInt8(ascii: "#") {
            while let byte = peek, byte != UInt8(ascii: "\n") {
                let isControl = byte < 0x20 && byte != 0x09 && byte != UInt8(ascii: "\r") || byte == 0x7F
                guard !isControl else { throw error("control character in a comment") }
                index += 1
            }
        }
        if peek == UInt8(ascii: "\r") { index += 1 }
        guard let byte = peek else { return }
        guard byte == UInt8(ascii: "\n") else { throw error("unexpected text at the end of a line") }
        index += 1
    }

    /// `token`, with blanks around it.
    mutating func expect(_ token: String) throws(TOMLError) {
        skipBlanks()
        guard bytes[index...].starts(with: token.utf8) else { throw error("'\(token)' is missing") }
        index += token.utf8.count
        skipBlanks()
    }

    /// `a.b."c d"`
    mutating func key() throws(TOMLError) -> [String] {
        var parts: [String] = []
        while true {
            skipBlanks()
            parts.append(try keyPart())
            skipBlanks()
            guard peek == UInt8(ascii: ".") else { return parts }
            guard parts.count < Self.maximumDepth else { throw error("key with too many parts") }
            index += 1
        }
    }

    private mutating func keyPart() throws(TOMLError) -> String {
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try string(isKey: true)
        default:
            let start = index
            while let byte = peek, Self.isBareKey(byte) { index += 1 }
            guard index > start else { throw error("a key is missing") }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
    }

    static func isBareKey(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
