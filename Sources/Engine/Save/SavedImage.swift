// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI

/// An image on its way into an archive, under all the names that were asked for.
struct SavedImage: Sendable {
    let content: ImageContent
    /// Sorted; empty for an image that was named by its ID.
    var tags: [ImageReference]
}
