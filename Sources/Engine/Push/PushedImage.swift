// SPDX-License-Identifier: Apache-2.0
public import OCI

/// What one tag of a push came to.
public struct PushedImage: Sendable {
    public let reference: Reference
    /// What the registry now has under the tag: an index or a manifest.
    public let target: Descriptor
    public let imageID: Digest
}
