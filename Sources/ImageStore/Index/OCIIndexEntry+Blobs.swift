// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc
import OCI

extension OCIIndexEntry {
    /// The entries that blobs alone give, for a store whose index.json is gone: all manifests, and the indexes that keep
    /// them together. Their names are gone too.
    static func reading(_ layout: StoreLayout) throws -> [OCIIndexEntry] {
        var entries: [OCIIndexEntry] = []
        for name in try DirectoryListing.names(in: layout.blobs).sorted() {
            guard let digest = try? Digest(hex: name), let document = try document(digest, layout) else { continue }
            let mediaType =
                switch document.content {
                case .manifest(let manifest): manifest.mediaType
                case .index(let index): index.mediaType
                }
            entries.append(OCIIndexEntry(mediaType: mediaType.rawValue, digest: digest, size: document.size))
        }
        return entries
    }

    /// Nil for other blobs, and for damaged ones.
    private static func document(
        _ digest: Digest, _ layout: StoreLayout
    ) throws -> (content: ManifestDocument, size: Int64)? {
        guard let file = try FileOperations.open(layout.blob(digest)),
            try file.status().st_size <= ImageStore.documentLimit
        else { return nil }
        let bytes = try file.readAll(limit: ImageStore.documentLimit)
        guard let content = try? ManifestDocument.parse(bytes, contentType: nil),
            SHA256Hasher.digest(of: bytes) == digest
        else { return nil }
        return (content, Int64(bytes.count))
    }
}
