// SPDX-License-Identifier: Apache-2.0
public import OCI

/// What to pull.
public struct PullRequest: Sendable {
    /// A tag or a digest; with `allTags` only its repository counts.
    public var reference: Reference
    /// The reference as typed, for messages that repeat it.
    public var argument: String
    /// The wanted platform; nil is this machine's.
    public var platform: Platform?
    public var allTags: Bool

    public init(reference: Reference, argument: String, platform: Platform? = nil, allTags: Bool = false) {
        self.reference = reference
        self.argument = argument
        self.platform = platform
        self.allTags = allTags
    }
}
