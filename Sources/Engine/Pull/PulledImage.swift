// SPDX-License-Identifier: Apache-2.0
public import OCI

/// What one tag or digest of a pull came to.
public struct PulledImage: Sendable {
    public let reference: Reference
    /// The digest the registry gave for the reference: an index's where there is one.
    public let digest: Digest
    public let imageID: Digest
    /// Whether the reference is new or points to another image than before.
    public let isNew: Bool
    /// Whether the reference names an image directly, not an index to choose from.
    public let isSingle: Bool
    public let platform: Platform

    /// The image as an entry that a platform can be matched against.
    var platformDescriptor: Descriptor {
        Descriptor(mediaType: .ociManifest, digest: digest, size: 0, platform: platform)
    }
}
