// SPDX-License-Identifier: Apache-2.0

public import OCI

/// What publishing an image did.
public struct PublishOutcome: Hashable, Sendable {
    public let imageID: Digest
    /// The store did not have the image before.
    public let isNew: Bool
    /// In the order of the publication's references.
    public let changes: [ReferenceChange]

    init(imageID: Digest, isNew: Bool, changes: [ReferenceChange]) {
        self.imageID = imageID
        self.isNew = isNew
        self.changes = changes
    }

    /// Everything was there already.
    init(unchanged image: Publication) throws {
        imageID = image.configDescriptor.digest
        isNew = false
        changes = try image.references.map {
            ReferenceChange(reference: try ImageReference($0.reference), kind: .unchanged)
        }
    }
}
