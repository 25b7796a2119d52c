// SPDX-License-Identifier: Apache-2.0

/// What a registry may answer to a request for a manifest.
public enum ManifestDocument: Hashable, Sendable {
    case manifest(Manifest)
    case index(ImageIndex)

    /// Reads a document that was served as `contentType`; documents that could be read in two ways, schema 1 and what
    /// is no image are refused with docker's texts.
    public static func parse(_ bytes: [UInt8], contentType: MediaType?) throws(ManifestError) -> ManifestDocument {
        let document = try DocumentFields(parsing: bytes, declared: contentType)
        if document.mediaType.isIndex { return .index(try ImageIndex(document)) }
        let manifest = try Manifest(document)
        try manifest.requireImage()
        return .manifest(manifest)
    }
}
