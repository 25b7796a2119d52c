// SPDX-License-Identifier: Apache-2.0
public import ImageStore

/// An image in a listing, with the references that the filters left.
public struct ListedImage: Sendable {
    public let summary: ImageSummary
    /// Sorted by canonical text; empty for a nameless image.
    public let references: [ImageReference]
}
