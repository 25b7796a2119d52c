// SPDX-License-Identifier: Apache-2.0

public import OCI

/// A reference to set, and the document it was resolved to.
public struct NewReference: Hashable, Sendable {
    public let reference: Reference
    /// The image's manifest, or the index it was chosen from.
    public let target: Descriptor

    public init(_ reference: Reference, target: Descriptor) {
        self.reference = reference
        self.target = target
    }
}
