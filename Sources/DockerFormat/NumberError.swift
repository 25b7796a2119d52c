// SPDX-License-Identifier: Apache-2.0

/// Why a text is not the number that was asked for, worded as Go's `strconv.NumError`.
public struct NumberError: Error, Hashable, CustomStringConvertible {
    public enum Reason: String, Sendable {
        case syntax = "invalid syntax"
        case range = "value out of range"
    }

    /// The `strconv` function that would have failed.
    public let function: String
    public let text: String
    public let reason: Reason

    public init(function: String, text: String, reason: Reason) {
        self.function = function
        self.text = text
        self.reason = reason
    }

    public var description: String { "strconv.\(function): parsing \(GoQuote.quoted(text)): \(reason.rawValue)" }
}
