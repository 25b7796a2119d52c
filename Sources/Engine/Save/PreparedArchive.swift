// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI
import TarArchive

/// Images whose archive can be written: what could be refused has been.
public struct PreparedArchive: Sendable {
    let store: ImageStore
    /// Keeps the blobs until they are written.
    let lease: Lease
    let images: [SavedImage]

    /// Writes the archive. Entries come in the order of their names, as in docker's archives, with no times and owners.
    public func write(to sink: @escaping SaveOperation.Sink) throws {
        defer { lease.release() }
        var writer = TarWriter(sink: sink)
        try add("blobs/", &writer)
        try add("blobs/sha256/", &writer)
        for blob in blobs {
            switch blob {
            case .stored(let digest): try add(digest, &writer)
            case .document(let document): try add("blobs/sha256/\(document.digest.hex)", document.bytes, &writer)
            }
        }
        let index = ArchiveIndex(images: images)
        try add("index.json", index.ociIndex, &writer)
        try add("manifest.json", index.dockerManifest, &writer)
        try add(ImageLayout.fileName, Array(#"{"imageLayoutVersion": "\#(ImageLayout.version)"}"#.utf8), &writer)
        try writer.finish()
    }

    private enum Blob {
        case stored(Digest)
        case document(RawDocument)
    }

    /// Everything the images need, each once, by digest. Foreign layers are where their descriptors say.
    private var blobs: [Blob] {
        var blobs: [Digest: Blob] = [:]
        for image in images {
            for document in image.content.documents { blobs[document.digest] = .document(document) }
            for blob in image.content.blobs where !blob.mediaType.isForeignLayer {
                blobs[blob.digest] = .stored(blob.digest)
            }
        }
        return blobs.keys.sorted().compactMap { blobs[$0] }
    }

    private func add(_ directory: String, _ writer: inout TarWriter) throws {
        try writer.add(TarEntry(path: Array(directory.utf8), kind: .directory, mode: 0o755))
    }

    private func add(_ name: String, _ bytes: [UInt8], _ writer: inout TarWriter) throws {
        try writer.add(TarEntry(path: Array(name.utf8), kind: .file, mode: 0o644, size: Int64(bytes.count)))
        try writer.write(bytes)
    }

    /// The reader verifies: a damaged blob ends the archive with an error, not silently.
    private func add(_ digest: Digest, _ writer: inout TarWriter) throws {
        let reader = try store.openBlob(digest)
        try writer.add(
            TarEntry(path: Array("blobs/sha256/\(digest.hex)".utf8), kind: .file, mode: 0o644, size: reader.size))
        try reader.forEachPiece { try writer.write($0) }
    }
}
