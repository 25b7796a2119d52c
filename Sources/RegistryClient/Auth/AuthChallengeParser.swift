// SPDX-License-Identifier: Apache-2.0

/// Reads one `WWW-Authenticate` header.
///
/// Commas separate both challenges and parameters, and may stand inside quotes; `\` escapes inside quotes. The input
/// is a server's, so its length and the number of items are bounded, and every step moves forward.
struct AuthChallengeParser {
    static let maximumChallenges = 16
    private static let maximumLength = 16 * 1024
    private static let maximumParameters = 32

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ header: String) {
        bytes = Array(header.utf8.prefix(Self.maximumLength))[...]
        position = bytes.startIndex
    }

    mutating func challenges() -> [AuthChallenge] {
        var result: [AuthChallenge] = []
        while result.count < Self.maximumChallenges {
            skipSeparators()
            guard let scheme = token() else { return result }
            result.append(AuthChallenge(scheme: scheme.lowercased(), parameters: parameters()))
        }
        return result
    }

    /// The parameters up to the next challenge: a token that no `=` follows starts one.
    private mutating func parameters() -> [String: String] {
        var parameters: [String: String] = [:]
        var count = 0
        while count < Self.maximumParameters {
            skipSeparators()
            let mark = position
            guard let name = token() else { return parameters }
            skipSpace()
            guard peek() == UInt8(ascii: "=") else {
                position = mark
                return parameters
            }
            position += 1
            skipSpace()
            guard let value = value() else { return parameters }
            count += 1
            let key = name.lowercased()
            if parameters[key] == nil { parameters[key] = value }
        }
        return parameters
    }

    private mutating func value() -> String? {
        guard peek() == UInt8(ascii: "\"") else { return unquoted() }
        position += 1
        var text: [UInt8] = []
        while let byte = peek() {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                return String(validating: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = peek() else { return nil }
                text.append(escaped)
                position += 1
            default:
                text.append(byte)
            }
        }
        return nil
    }

    /// Servers leave quotes out around URLs, so an unquoted value goes up to the next comma or space.
    private mutating func unquoted() -> String? {
        let start = position
        while let byte = peek(), byte != UInt8(ascii: ","), byte != 0x20, byte != 0x09 { position += 1 }
        return String(validating: bytes[start..<position], as: UTF8.self)
    }

    private mutating func token() -> String? {
        let start = position
        while let byte = peek(), Self.isTokenByte(byte) { position += 1 }
        return start == position ? nil : String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private func peek() -> UInt8? {
        position < bytes.endIndex ? bytes[position] : nil
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 0x20 || byte == 0x09 { position += 1 }
    }

    private mutating func skipSeparators() {
        while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ",") { position += 1 }
    }
}
