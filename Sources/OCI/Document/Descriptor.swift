// SPDX-License-Identifier: Apache-2.0

/// Says where content is and how it is verified (OCI image spec, descriptor.md).
public struct Descriptor: Hashable, Sendable {
    /// Empty where docker's registries leave it out for a config or layer.
    public var mediaType: MediaType
    public var digest: Digest
    /// In bytes; never negative.
    public var size: Int64
    /// Other places to fetch the content from; foreign layers need them.
    public var urls: [String]?
    public var annotations: [String: String]?
    public var platform: Platform?
    public var artifactType: String?
    /// The content itself in base64, where it is embedded.
    public var data: String?

    public init(
        mediaType: MediaType, digest: Digest, size: Int64, urls: [String]? = nil, annotations: [String: String]? = nil,
        platform: Platform? = nil, artifactType: String? = nil, data: String? = nil
    ) {
        self.mediaType = mediaType
        self.digest = digest
        self.size = size
        self.urls = urls
        self.annotations = annotations
        self.platform = platform
        self.artifactType = artifactType
        self.data = data
    }
}
