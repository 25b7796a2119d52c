// SPDX-License-Identifier: Apache-2.0

/// Why a text is not a duration, worded as Go's `time.ParseDuration`.
public enum GoDurationError: Error, Hashable, CustomStringConvertible {
    case invalid(String)
    case missingUnit(String)
    case unknownUnit(String, text: String)

    public var description: String {
        switch self {
        case .invalid(let text): "time: invalid duration \(GoQuote.timeQuoted(text.utf8))"
        case .missingUnit(let text): "time: missing unit in duration \(GoQuote.timeQuoted(text.utf8))"
        case .unknownUnit(let unit, let text):
            "time: unknown unit \(GoQuote.timeQuoted(unit.utf8)) in duration \(GoQuote.timeQuoted(text.utf8))"
        }
    }
}
