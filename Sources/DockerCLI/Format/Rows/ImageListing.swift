// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// What a listing knows of an image: the parts of the Engine API's image summary that rows show. A class, as each row
/// of an image holds it.
final class ImageListing: Sendable {
    /// A name of the image: the repository as docker shows it, with a tag or a digest.
    struct Name: Hashable, Sendable {
        var repository: String
        var suffix: String
    }

    let id: String
    /// Sorted by the canonical reference; so are the digests.
    let tags: [Name]
    let digests: [Name]
    /// `Timestamp.zero` when the config has none.
    let created: Timestamp
    /// Bytes, as all sizes.
    let size: Int64
    /// Of the layers that other images have too; nil when nobody counted.
    let sharedSize: Int64?
    let containers: Int?

    init(
        id: String, tags: [Name], digests: [Name], created: Timestamp, size: Int64, sharedSize: Int64?, containers: Int?
    ) {
        self.id = id
        self.tags = tags
        self.digests = digests
        self.created = created
        self.size = size
        self.sharedSize = sharedSize
        self.containers = containers
    }

    var isDangling: Bool { tags.isEmpty && digests.isEmpty }
}
