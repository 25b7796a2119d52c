// SPDX-License-Identifier: Apache-2.0

/// Why an operation failed, in docker's words where docker has some.
public struct EngineError: Error, Sendable, Equatable, CustomStringConvertible {
    /// When it failed: docker prefixes the errors of a request with its daemon's name, not those inside a stream.
    public enum Phase: Sendable {
        case request
        case stream
    }

    public let message: String
    public let phase: Phase

    public init(_ message: String, phase: Phase = .request) {
        self.message = message
        self.phase = phase
    }

    public var description: String { message }
}
