// SPDX-License-Identifier: Apache-2.0

public import OCI

/// A reference, the image it names, and the document it was resolved to (a manifest, or the index it was chosen from).
public struct ReferenceRecord: Hashable, Sendable {
    public let reference: ImageReference
    public let imageID: Digest
    public let target: Descriptor
}
