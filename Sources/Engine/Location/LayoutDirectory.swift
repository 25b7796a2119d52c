// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import DockerFormat
import Glibc
import OCI

/// An OCI image layout in a directory (OCI image spec, image-layout.md). Links in it are refused: they could lead to any
/// file of this machine.
struct LayoutDirectory: Sendable {
    let path: String

    /// Opens a layout that is there.
    init(reading path: String) throws {
        self.path = path
        let text = try OwnedFD(opening: ImageLayout.fileName, flags: O_RDONLY | O_NOFOLLOW, in: openRoot())
            .readAll(limit: ManifestLimits.maximumDocumentSize)
        do { _ = try ImageLayout(parsing: text) } catch {
            throw EngineError("\(path)/\(ImageLayout.fileName): \(error)", phase: .stream)
        }
    }

    /// Opens a layout, or makes an empty one where nothing or an empty directory is.
    init(creating path: String) throws {
        try Self.makeDirectory(path)
        do {
            let lock = try Self.lock(path)
            if access("\(path)/\(ImageLayout.fileName)", F_OK) != 0 { try Self.fill(path) }
            _ = consume lock
        }
        try self.init(reading: path)
    }

    /// The file that marks a layout comes last.
    private static func fill(_ path: String) throws {
        try requireEmpty(path)
        try makeDirectory("\(path)/blobs")
        try makeDirectory("\(path)/blobs/sha256")
        let type = JSONValue.string(MediaType.ociIndex.rawValue)
        try replace(
            "\(path)/index.json", JSONWriter.bytes(["schemaVersion": 2, "mediaType": type, "manifests": []]))
        try replace(
            "\(path)/\(ImageLayout.fileName)", Array(#"{"imageLayoutVersion":"\#(ImageLayout.version)"}"#.utf8))
    }

    private static func makeDirectory(_ path: String) throws(IOError) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw IOError(errno: errno, operation: "mkdir", path: path)
        }
    }

    /// Other writers of the layout wait until the descriptor is closed.
    private static func lock(_ path: String) throws(IOError) -> OwnedFD {
        let directory = try OwnedFD(opening: path, flags: O_RDONLY | O_DIRECTORY)
        while flock(directory.rawValue, LOCK_EX) != 0 {
            guard errno == EINTR else { throw IOError(errno: errno, operation: "flock", path: path) }
        }
        return directory
    }

    private static func requireEmpty(_ path: String) throws {
        guard let stream = opendir(path) else { throw IOError(errno: errno, operation: "open", path: path) }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            // What a process that was killed had begun to make here.
            guard [".", "..", "blobs", "index.json"].contains(name) || name.hasPrefix(".tmp-") else {
                throw EngineError("\(path) is no OCI image layout, and not empty", phase: .stream)
            }
        }
    }

    private func openRoot() throws(IOError) -> OwnedFD {
        try OwnedFD(opening: path, flags: O_RDONLY | O_DIRECTORY)
    }

    private func openBlobs() throws(IOError) -> OwnedFD {
        let blobs = try OwnedFD(opening: "blobs", flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, in: openRoot())
        return try OwnedFD(opening: "sha256", flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, in: blobs)
    }

    func index() throws -> ImageIndex {
        let bytes = try OwnedFD(opening: "index.json", flags: O_RDONLY | O_NOFOLLOW, in: openRoot())
            .readAll(limit: ManifestLimits.maximumDocumentSize)
        do { return try ImageIndex(parsing: bytes, contentType: .ociIndex) } catch {
            throw EngineError("\(path)/index.json: \(error)", phase: .stream)
        }
    }

    /// Whether a file of that size has the blob's name.
    func has(_ blob: Descriptor) throws -> Bool {
        do throws(IOError) {
            let status = try open(blob.digest).status()
            return status.st_mode & S_IFMT == S_IFREG && Int64(status.st_size) == blob.size
        } catch {
            guard error.errno == ENOENT else { throw error }
            return false
        }
    }

    /// A blob's file; its bytes are for the reader to verify.
    func open(_ digest: Digest) throws(IOError) -> OwnedFD {
        do {
            return try OwnedFD(opening: digest.hex, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK, in: openBlobs())
        } catch {
            throw IOError(errno: error.errno, operation: "open", path: "\(path)/blobs/sha256/\(digest.hex)")
        }
    }

    /// A manifest, index or config, its size and digest checked.
    func document(_ descriptor: Descriptor) throws -> RawDocument {
        let bytes = try open(descriptor.digest).readAll(limit: ManifestLimits.maximumDocumentSize)
        guard Int64(bytes.count) == descriptor.size, SHA256Hasher.digest(of: bytes) == descriptor.digest else {
            throw EngineError(
                "\(path)/blobs/sha256/\(descriptor.digest.hex) is not what its name says", phase: .stream)
        }
        return RawDocument(bytes: bytes, mediaType: descriptor.mediaType, digest: descriptor.digest)
    }

    func add(_ document: RawDocument) throws {
        guard try !has(document.descriptor) else { return }
        try Self.replace("\(path)/blobs/sha256/\(document.digest.hex)", document.bytes)
    }

    /// A file that becomes the blob when it is complete.
    func newBlob(_ digest: Digest) throws -> AtomicFile {
        try AtomicFile("\(path)/blobs/sha256/\(digest.hex)", mode: 0o644)
    }

    /// Names an image: the entry of that name is replaced, all others stay as they are, unknown members too.
    func name(_ root: Descriptor, annotations: [String: String]) throws {
        // Readers see the old index or the new one.
        let directory = try Self.lock(path)
        let bytes = try OwnedFD(opening: "index.json", flags: O_RDONLY | O_NOFOLLOW, in: directory)
            .readAll(limit: ManifestLimits.maximumDocumentSize)
        guard case .object(var members)? = try? JSONParser.parse(bytes) else {
            throw EngineError("\(path)/index.json is no JSON object", phase: .stream)
        }
        var entries: [JSONValue] = []
        if case .array(let old)? = JSONValue.object(members)["manifests"] { entries = old }
        let name = annotations[ArchiveIndex.tagAnnotation]
        entries.removeAll { entry in
            guard let name else { return entry["annotations"] == nil && entry["digest"] == digestText(root) }
            return entry["annotations"]?[ArchiveIndex.tagAnnotation] == .string(name)
        }
        entries.append(ArchiveIndex.entry(root, annotations: annotations))
        members.removeAll { $0.name == "manifests" }
        members.append(.init("manifests", .array(entries)))
        try Self.replace("\(path)/index.json", JSONWriter.bytes(.object(members)))
    }

    private func digestText(_ root: Descriptor) -> JSONValue {
        .string(root.digest.description)
    }

    private static func replace(_ path: String, _ bytes: [UInt8]) throws {
        let file = try AtomicFile(path, mode: 0o644)
        try bytes.withUnsafeBytes { try file.write($0) }
        try file.commit()
    }
}
