// SPDX-License-Identifier: Apache-2.0

/// A further program to run in a container; docker's exec configuration.
public struct ExecSpec: Sendable, Equatable {
    public var command: [String]
    /// `KEY=value`, over the container's.
    public var environment: [String] = []
    /// `nil` is the container's user.
    public var user: String?
    /// `nil` is the container's directory.
    public var workingDirectory: String?
    public var privileged = false
    public var tty = false

    public init(command: [String]) {
        self.command = command
    }
}
