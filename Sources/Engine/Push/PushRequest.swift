// SPDX-License-Identifier: Apache-2.0
public import OCI

/// What to push.
public struct PushRequest: Sendable {
    /// A tag; with `allTags` only its repository counts.
    public var reference: Reference
    /// Only this platform's image, without its index.
    public var platform: Platform?
    public var allTags: Bool

    public init(reference: Reference, platform: Platform? = nil, allTags: Bool = false) {
        self.reference = reference
        self.platform = platform
        self.allTags = allTags
    }
}
