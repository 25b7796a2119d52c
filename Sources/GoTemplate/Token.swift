// SPDX-License-Identifier: Apache-2.0

/// One lexical item of a template's text.
struct Token {
    enum Kind {
        case error
        case bool
        case character
        case characterConstant
        case complex
        case assign
        case declare
        case endOfFile
        case field
        case identifier
        case leftDelimiter
        case leftParenthesis
        case number
        case pipe
        case rawString
        case rightDelimiter
        case rightParenthesis
        case space
        case string
        case text
        case variable
        // Keywords; they print as <word> in errors.
        case block, breakKeyword, continueKeyword, dot, define, elseKeyword, end, ifKeyword, nilKeyword, range
        case template, with

        var isKeyword: Bool {
            switch self {
            case .block, .breakKeyword, .continueKeyword, .dot, .define, .elseKeyword, .end, .ifKeyword, .nilKeyword,
                .range, .template, .with:
                true
            default:
                false
            }
        }
    }

    var kind: Kind
    /// Offset of the first byte in the text.
    var position: Int
    /// The bytes of the item; an error's message.
    var value: [UInt8]
    /// Line of the first byte, from 1.
    var line: Int

    /// How errors show the token (text/template/parse: item.String).
    var description: String {
        switch kind {
        case .endOfFile: "EOF"
        case .error: String(decoding: value, as: UTF8.self)
        case _ where kind.isKeyword: "<" + String(decoding: value, as: UTF8.self) + ">"
        case _ where value.count > 10:
            GoQuote.quoted(UTF8Decoding.prefix(value, runes: 10)).string + "..."
        default: GoQuote.quoted(value).string
        }
    }
}
