// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc
import OCI

extension ArchiveContents {
    /// Takes what the index of an OCI image layout names, and nothing else that lies there. Links in it are refused:
    /// they could lead to any file of this machine (compare GHSA-4587-w9mm-xxvh). What is missing, or isn't what it
    /// should be, is for ``ArchiveImages`` to say.
    /// - Parameter selection: nil takes all images.
    func read(layout path: String, selection: ImageSelection? = nil) throws {
        let root = try OwnedFD(opening: path, flags: O_RDONLY | O_DIRECTORY)
        for name in [ImageLayout.fileName, "index.json"] { try take(name, as: name, in: root) }
        guard let bytes = try document("index.json"),
            let index = try? ImageIndex(parsing: bytes, contentType: .ociIndex)
        else { return }
        let blobs = try OwnedFD(opening: "blobs", flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, in: root)
        let sha256 = try OwnedFD(opening: "sha256", flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, in: blobs)
        for image in try selection?.choose(from: index.manifests) ?? index.manifests {
            for manifest in try children(of: image, in: sha256) {
                for blob in try children(of: manifest, in: sha256) { try take(blob.digest, in: sha256) }
            }
        }
    }

    /// What a document refers to; of a manifest below an index that is a config and layers, of one that stands alone, too.
    private func children(of descriptor: Descriptor, in directory: borrowing OwnedFD) throws -> [Descriptor] {
        try take(descriptor.digest, in: directory)
        guard let bytes = try document(ArchivePath.blob(descriptor.digest)) else { return [] }
        switch try? ManifestDocument.parse(bytes, contentType: descriptor.mediaType) {
        case .index(let index)?: return index.manifests
        case .manifest(let manifest)?: return [manifest.config] + manifest.layers
        case nil: return []
        }
    }

    private func take(_ digest: Digest, in directory: borrowing OwnedFD) throws {
        let path = ArchivePath.blob(digest)
        guard try file(path) == nil else { return }
        do { try take(digest.hex, as: path, in: directory) } catch let error as IOError where error.errno == ENOENT {}
    }

    private func take(_ name: String, as path: String, in directory: borrowing OwnedFD) throws {
        let file = try OwnedFD(opening: name, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK, in: directory)
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw EngineError("invalid layout: \(path) is no file", phase: .stream)
        }
        let descriptor = file.rawValue
        try take(path, size: Int64(status.st_size)) { body in
            let source = OwnedFD(adopting: dup(descriptor))
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
            defer { buffer.deallocate() }
            while true {
                let count = try source.read(into: buffer)
                if count == 0 { return }
                try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
    }
}
