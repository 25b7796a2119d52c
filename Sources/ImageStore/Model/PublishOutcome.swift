// SPDX-License-Identifier: Apache-2.0

public import OCI

/// What publishing an image did.
public struct PublishOutcome: Hashable, Sendable {
    public let imageID: Digest
    /// The store did not have the image before.
    public let isNew: Bool
    /// In the order of the publication's references.
    public let changes: [ReferenceChange]
}
