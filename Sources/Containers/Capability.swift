// SPDX-License-Identifier: Apache-2.0

/// Something that containers need, and whether this machine has it.
public struct Capability: Sendable, Equatable {
    /// A program, a device, a kernel's part.
    public let name: String
    /// What was found: a path or a word. `nil` when it is missing.
    public let found: String?
    /// What goes without it, and what to do: "bridge networks: install the package netavark".
    public let remedy: String

    /// What `info` says when it is missing.
    public var warning: String? {
        found == nil ? "\(name) not found, needed for \(remedy)" : nil
    }
}
