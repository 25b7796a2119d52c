// SPDX-License-Identifier: Apache-2.0

public import OCI

/// A layer of an image that is published: the blob and what inflating it has told.
public struct PublishedLayer: Hashable, Sendable {
    public let blob: Descriptor
    public let facts: LayerFacts

    public init(blob: Descriptor, facts: LayerFacts) {
        self.blob = blob
        self.facts = facts
    }
}
