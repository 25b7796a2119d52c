// SPDX-License-Identifier: Apache-2.0

/// A text that a registry wants its user to see (distribution spec, "Warnings").
public struct RegistryNotice: Sendable, Hashable {
    public let registry: String
    /// Without control characters, at most 4096 bytes as sent.
    public let text: String
}
