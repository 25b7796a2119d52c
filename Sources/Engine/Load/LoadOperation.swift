// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc
public import ImageStore
public import OCI

/// Brings the images of an archive or an OCI layout directory into the store, in one pass over its bytes.
///
/// Nothing gets a name before the whole archive has been checked: a hostile or broken one leaves nothing behind.
/// Messages are docker's lines, updates the progress of layers.
/// - Throws: ``EngineError`` (docker's texts where it has one), `TarError`, `InflateError`, `StoreError`.
public struct LoadOperation: Sendable {
    let store: ImageStore
    let platform: Platform?
    let report: ProgressHandler

    /// - Parameter platform: of an index, this platform's image; nil takes this machine's.
    public init(store: ImageStore, platform: Platform? = nil, report: @escaping ProgressHandler) {
        self.store = store
        self.platform = platform
        self.report = report
    }

    /// Loads an archive from an open file, which may be a pipe; compressed ones are told by their first bytes.
    public func run(descriptor: Int32) throws {
        let lease = try store.lease("load")
        defer { lease.release() }
        let batch = try store.blobBatch(lease: lease)
        let contents = ArchiveContents(store: store, batch: batch, report: report)
        let stream = try ArchiveStream(descriptor)
        try ArchiveStream.withDockerTexts { try contents.read(from: stream.read) }
        try publish(contents, batch)
    }

    /// Loads from a file, or from a directory that is an OCI image layout.
    public func run(path: String) throws {
        let file = try ArchiveStream.open(path)
        guard try file.status().st_mode & S_IFMT == S_IFDIR else { return try run(descriptor: file.rawValue) }
        let lease = try store.lease("load \(path)")
        defer { lease.release() }
        let batch = try store.blobBatch(lease: lease)
        let contents = ArchiveContents(store: store, batch: batch, report: report)
        try contents.read(layout: path)
        try publish(contents, batch)
    }

    private func publish(_ contents: ArchiveContents, _ batch: BlobBatch) throws {
        let images = try ArchiveImages(contents: contents, store: store, platform: platform).all()
        try ArchivePublisher(batch: batch).publish(images).forEach(tell)
        let named = images.filter { !$0.names.isEmpty }
        guard named.isEmpty else { return }
        for image in images { report(.message("Loaded image ID: \(image.configDocument.digest)")) }
    }

    private func tell(_ outcome: PublishOutcome) {
        for change in outcome.changes {
            if case .moved(let old) = change.kind {
                report(
                    .message(
                        "The image \(change.reference.familiar) already exists, renaming the old one with ID \(old) "
                            + "to empty string"))
            }
            report(.message("Loaded image: \(change.reference.familiar)"))
        }
    }
}
