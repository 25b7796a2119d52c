// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// What a listing knows of an image: the parts of the Engine API's image summary that rows show.
struct ImageListing: Sendable {
    /// A name of the image: the repository as docker shows it, with a tag or a digest.
    struct Name: Hashable, Sendable {
        var repository: String
        var suffix: String
    }

    var id: String
    /// Sorted by the canonical reference; so are the digests.
    var tags: [Name] = []
    var digests: [Name] = []
    /// `Timestamp.zero` when the config has none.
    var created: Timestamp
    /// Bytes, as all sizes.
    var size: Int64
    /// Of the layers that other images have too; nil when nobody counted.
    var sharedSize: Int64?
    var containers: Int?

    var isDangling: Bool { tags.isEmpty && digests.isEmpty }
}
