// SPDX-License-Identifier: Apache-2.0

/// The manifest of one image: its config and layers (OCI image spec, manifest.md; docker's schema 2).
public struct Manifest: Hashable, Sendable {
    /// Always 2.
    public let schemaVersion: Int
    public let mediaType: MediaType
    public let config: Descriptor
    /// From the base up.
    public let layers: [Descriptor]
    public let annotations: [String: String]?
    /// The manifest that this one is about, for a signature or the like.
    public let subject: Descriptor?
    public let artifactType: String?

    /// Reads a manifest that was served as `contentType`, or that says itself what it is when that is nil.
    ///
    /// Lenient as docker's decoder: unknown fields are skipped, `layers` may be null, absent or empty, and configs and
    /// layers may lack a media type.
    public init(parsing bytes: [UInt8], contentType: MediaType?) throws(ManifestError) {
        try self.init(DocumentFields(parsing: bytes, declared: contentType))
    }

    init(_ document: DocumentFields) throws(ManifestError) {
        guard document.mediaType.isManifest else { throw .unsupportedMediaType(document.mediaType) }
        schemaVersion = document.schemaVersion
        mediaType = document.mediaType
        guard let config = try document.descriptor("config", .optional) else {
            throw .invalidField(path: "config", reason: "missing")
        }
        self.config = config
        layers = try document.descriptors("layers", .optional, limit: ManifestLimits.maximumLayerCount)
        annotations = try document.annotations()
        subject = try document.descriptor("subject", .required)
        artifactType = try document.artifactType()
    }

    /// Refuses what is no image: models, plugins, charts and other artifacts, with docker's texts.
    public func requireImage() throws(ManifestError) {
        for mediaType in [config.mediaType] + layers.map(\.mediaType) {
            if mediaType.rawValue.hasPrefix("application/vnd.docker.ai.") { throw .model }
            guard Self.isOfImage(mediaType) else { throw .unsupportedMediaType(mediaType) }
        }
        if config.mediaType == .dockerPluginConfig { throw .plugin(config.mediaType) }
    }

    /// What docker takes for a part of an image; old registries give generic types or none (distribution#1621).
    private static func isOfImage(_ mediaType: MediaType) -> Bool {
        let text = mediaType.rawValue
        return text.hasPrefix("application/vnd.oci.image") || text.hasPrefix("application/vnd.docker")
            || text.isEmpty || mediaType == .octetStream || mediaType == .json || text == "text/html"
    }
}
