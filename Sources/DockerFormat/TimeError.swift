// SPDX-License-Identifier: Apache-2.0

/// Why a text is not a time, worded as Go's `time.ParseError` and docker's filters.
public enum TimeError: Error, Hashable, CustomStringConvertible {
    /// The text stops matching the layout at `rest`, where the layout wants `element`.
    case mismatch(text: String, layout: String, rest: String, element: String)
    /// A field is out of its range: `month`, `day`, `hour`…
    case outOfRange(text: String, field: String)
    case extraText(text: String, rest: String)
    /// Neither a duration, nor a date, nor Unix seconds.
    case notATime(String)

    public var description: String {
        switch self {
        case .mismatch(let text, let layout, let rest, let element):
            let (text, layout) = (GoQuote.timeQuoted(text.utf8), GoQuote.timeQuoted(layout.utf8))
            let (rest, element) = (GoQuote.timeQuoted(rest.utf8), GoQuote.timeQuoted(element.utf8))
            return "parsing time \(text) as \(layout): cannot parse \(rest) as \(element)"
        case .outOfRange(let text, let field):
            return "parsing time \(GoQuote.timeQuoted(text.utf8)): \(field) out of range"
        case .extraText(let text, let rest):
            return "parsing time \(GoQuote.timeQuoted(text.utf8)): extra text: \(GoQuote.timeQuoted(rest.utf8))"
        case .notATime(let text):
            return "failed to parse value as time or duration: \(GoQuote.quoted(text))"
        }
    }
}
