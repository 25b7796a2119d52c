// SPDX-License-Identifier: Apache-2.0

/// Something that containers need, and whether this machine has it; `info` lists these.
public struct Capability: Sendable, Equatable {
    /// Short name: `runtime`, `monitor`, `overlay`…
    public let name: String
    /// What was found: a path or a word. `nil` when it is missing.
    public let found: String?
    /// What goes without it, and the package to install.
    public let remedy: String
}
