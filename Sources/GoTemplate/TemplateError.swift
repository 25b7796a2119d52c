// SPDX-License-Identifier: Apache-2.0

/// Why a template could not be parsed or executed, in Go's words.
public struct TemplateError: Error, Hashable, CustomStringConvertible, Sendable {
    public enum Phase: Hashable, Sendable {
        case parse
        case execute
    }

    public let phase: Phase
    /// The whole text: `template: :1:2: executing "" at <.Nope>: can't evaluate field Nope in type …`.
    public let message: String

    public init(phase: Phase, message: String) {
        self.phase = phase
        self.message = message
    }

    public var description: String { message }
}
