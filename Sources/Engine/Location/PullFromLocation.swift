// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc
public import ImageStore
public import OCI

/// Brings one image from a layout, an archive or a docker engine into the store, as ``LoadOperation`` does with all
/// images of an archive, and with the same checks. Events are those of a pull.
/// - Throws: ``EngineError``, `TarError`, `InflateError`, `StoreError`, `CancellationError`.
public struct PullFromLocation: Sendable {
    let store: ImageStore
    let location: ImageLocation
    let platform: Platform?
    let engine: EngineSocket?
    let report: ProgressHandler

    /// - Parameters:
    ///   - platform: of an index, this platform's image; nil takes this machine's.
    ///   - engine: where locations of an engine are.
    public init(
        store: ImageStore, location: ImageLocation, platform: Platform? = nil, engine: EngineSocket? = nil,
        report: @escaping ProgressHandler
    ) {
        self.store = store
        self.location = location
        self.platform = platform
        self.engine = engine
        self.report = report
    }

    /// - Returns: what to call the image: its names in the store, or its ID where it has none.
    public func run() throws -> [String] {
        report(.message("Pulling from \(location)"))
        let (image, outcome) = try publish { _ in }
        report(.message("Digest: \(image.root.digest)"))
        let names = image.names.map(\.canonical)
        reportStatus(outcome, names.isEmpty ? "\(image.configDocument.digest)" : image.names[0].familiar)
        return names.isEmpty ? ["\(image.configDocument.digest)"] : names
    }

    /// Brings the image, with its index and all that is there of it, or alone.
    /// - Parameter name: takes the place of its own names.
    func bring(as name: Reference?, withIndex: Bool) throws -> LoadableImage {
        try publish { image in
            if let name { image.names = [name] }
            guard !withIndex else { return }
            image.index = nil
            image.others = []
        }.image
    }

    private func publish(
        _ change: (inout LoadableImage) -> Void
    ) throws -> (image: LoadableImage, outcome: PublishOutcome) {
        let lease = try store.lease("pull \(location)")
        defer { lease.release() }
        let batch = try store.blobBatch(lease: lease)
        let contents = ArchiveContents(store: store, batch: batch, report: report)
        try read(into: contents)
        // An engine gave what it was asked for, and nothing else.
        let selection = location.transport == .engine ? nil : ImageSelection(location: location)
        let images = try ArchiveImages(
            contents: contents, store: store, platform: platform, selection: selection
        ).all()
        guard var image = images.first, images.count == 1 else {
            throw EngineError(
                images.isEmpty ? "\(location) has no such image for this platform" : "\(location) gave several images",
                phase: .stream)
        }
        change(&image)
        return (image, try ArchivePublisher(batch: batch).publish([image])[0])
    }

    private func reportStatus(_ outcome: PublishOutcome, _ name: String) {
        let isNew = outcome.isNew || outcome.changes.contains { $0.kind != .unchanged }
        report(
            .message(isNew ? "Status: Downloaded newer image for \(name)" : "Status: Image is up to date for \(name)"))
    }

    private func read(into contents: ArchiveContents) throws {
        switch location.transport {
        case .layout:
            try contents.read(layout: location.path, selection: ImageSelection(location: location))
        case .layoutArchive, .dockerArchive:
            let file = try ArchiveStream.open(location.path)
            let stream = try ArchiveStream(file.rawValue)
            try ArchiveStream.withDockerTexts { try contents.read(from: stream.read) }
        case .engine:
            guard let engine, let name = location.name else { throw unsupported }
            let answer = try engine.send("GET", "/images/\(EngineName.escaped(Self.withTag(name)))/get")
            try ArchiveStream.withDockerTexts { try contents.read(from: answer.read) }
        case .registry: throw unsupported
        }
    }

    /// An engine gives all tags of a name alone.
    private static func withTag(_ name: String) -> String {
        guard case .named(let reference)? = try? AnyReference(parsing: name) else { return name }
        return reference.withDefaultTag().familiar
    }

    private var unsupported: EngineError {
        EngineError("\(location): unsupported source", phase: .stream)
    }
}
