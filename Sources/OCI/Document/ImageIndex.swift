// SPDX-License-Identifier: Apache-2.0

/// A list of manifests, most often one for each platform (OCI image spec, image-index.md; docker's manifest list).
public struct ImageIndex: Hashable, Sendable {
    /// Always 2.
    public let schemaVersion: Int
    public let mediaType: MediaType
    public let manifests: [Descriptor]
    public let annotations: [String: String]?
    public let subject: Descriptor?
    public let artifactType: String?

    /// Reads an index that was served as `contentType`, or that says itself what it is when that is nil.
    public init(parsing bytes: [UInt8], contentType: MediaType?) throws(ManifestError) {
        try self.init(DocumentFields(parsing: bytes, declared: contentType))
    }

    init(_ document: DocumentFields) throws(ManifestError) {
        guard document.mediaType.isIndex else { throw .unsupportedMediaType(document.mediaType) }
        schemaVersion = document.schemaVersion
        mediaType = document.mediaType
        manifests = try document.descriptors("manifests", .required, limit: ManifestLimits.maximumIndexCount)
        annotations = try document.annotations()
        subject = try document.descriptor("subject", .required)
        artifactType = try document.artifactType()
    }
}
