// SPDX-License-Identifier: Apache-2.0

public import OCI

/// What setting a reference did.
public struct ReferenceChange: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case created
        /// It named this image already.
        case unchanged
        /// It named another image, which may have become dangling.
        case moved(from: Digest)
    }

    public let reference: ImageReference
    public let kind: Kind
}
