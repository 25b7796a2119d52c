// SPDX-License-Identifier: Apache-2.0
import NIOCore
import OCI
import RegistryClient

/// A name in an OCI layout directory.
struct LayoutCopyTarget: CopyTarget {
    private static let pieceSize: Int64 = 1 << 20

    let directory: LayoutDirectory
    /// What the image is called: the layout's own key holds any word, containerd's a full name.
    let name: String?
    let fullName: Reference?
    let pool: BlockingPool

    var place: String { directory.path }
    var tag: String { name ?? fullName?.tag ?? "untagged" }

    func put(
        _ blob: Descriptor, from source: VerifiedBlob, mountFrom repository: Repository?,
        progress: @escaping @Sendable (Int64) -> Void, countdown: @escaping @Sendable (Int) -> Void
    ) async throws -> UploadOutcome {
        let directory = directory
        guard try await pool.run({ try !directory.has(blob) }) else { return .alreadyExists }
        let sink = BlobFile(try directory.newBlob(blob.digest))
        var offset: Int64 = 0
        while offset < blob.size {
            let count = Int(min(Self.pieceSize, blob.size - offset))
            let bytes: ByteBuffer
            do { bytes = try await source.read(at: offset, count: count) } catch {
                throw await source.failure.map { EngineError("\($0)", phase: .stream) } ?? error
            }
            try await pool.run { try sink.write(bytes) }
            offset += Int64(bytes.readableBytes)
            progress(offset)
        }
        try await pool.run { try sink.commit() }
        return .uploaded
    }

    func put(_ document: RawDocument, isRoot: Bool) async throws {
        let (directory, annotations) = (directory, annotations)
        try await pool.run {
            try directory.add(document)
            if isRoot { try directory.name(document.descriptor, annotations: annotations) }
        }
    }

    private var annotations: [String: String] {
        var annotations: [String: String] = [:]
        annotations[ArchiveIndex.nameAnnotation] = fullName?.canonical
        annotations[ArchiveIndex.tagAnnotation] = name ?? fullName?.tag
        return annotations
    }
}
