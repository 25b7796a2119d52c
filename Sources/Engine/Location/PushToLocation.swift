// SPDX-License-Identifier: Apache-2.0
import DockerFormat
public import ImageStore
public import OCI

/// Puts an image of the store into a layout, an archive or a docker engine, with the digests it has. Of an index
/// everything that the store has goes along.
/// - Throws: ``EngineError``, `StoreError`, `IOError`, `CancellationError`.
public struct PushToLocation: Sendable {
    /// docker's number of uploads at once.
    private static let blobsAtOnce = 5

    let store: ImageStore
    let pool: BlockingPool
    let name: String
    let location: ImageLocation
    let platform: Platform?
    let engine: EngineSocket?
    let report: ProgressHandler

    /// - Parameters:
    ///   - name: the image in the store.
    ///   - engine: where locations of an engine are.
    public init(
        store: ImageStore, pool: BlockingPool, name: String, location: ImageLocation, platform: Platform? = nil,
        engine: EngineSocket? = nil, report: @escaping ProgressHandler
    ) {
        self.store = store
        self.pool = pool
        self.name = name
        self.location = location
        self.platform = platform
        self.engine = engine
        self.report = report
    }

    /// - Returns: what the place now has under the name.
    @discardableResult
    public func run() async throws -> Descriptor {
        _ = try store.resolve(name)
        switch location.transport {
        case .layout: return try await pushToLayout()
        case .layoutArchive, .dockerArchive: return try pushToArchive()
        case .engine: return try pushToEngine()
        case .registry: throw EngineError("\(location): unsupported destination", phase: .stream)
        }
    }

    /// The image with its name there: the one that the location says, else its own.
    private func prepare() throws -> PreparedArchive {
        let save = SaveOperation(store: store, names: [name], platform: platform, isOneImage: true)
        return try save.prepare { own in
            try fullName(own).map { try ImageReference($0) }
        }
    }

    private func pushToLayout() async throws -> Descriptor {
        let prepared = try SaveOperation(store: store, names: [name], platform: platform, isOneImage: true).prepare()
        defer { prepared.lease.release() }
        guard let image = prepared.images.first else { throw StoreError.noSuchImage(name) }
        let target = LayoutCopyTarget(
            directory: try LayoutDirectory(creating: location.path), name: location.name,
            fullName: try fullName(image.tags.first), pool: pool)
        let source = StoreCopySource(store: store, content: image.content, pool: pool)
        return try await CopyOperation(
            from: source, to: target, choice: .all, limit: Self.blobsAtOnce, report: report
        ).run()
    }

    /// What readers that know full names call the image: a tag alone in the location stays in the image's repository.
    private func fullName(_ own: ImageReference?) throws -> Reference? {
        guard let name = location.name else { return try own?.reference }
        return try location.reference ?? own?.reference.withTag(name)
    }

    private func pushToArchive() throws -> Descriptor {
        let file: AtomicFile
        do { file = try AtomicFile(location.path) } catch {
            throw EngineError("failed to save image: \(error)", phase: .stream)
        }
        let prepared = try prepare()
        report(.message("The push refers to repository [\(location.place)]"))
        try prepared.write {
            try Task.checkCancellation()
            try file.write($0)
        }
        try file.commit()
        return try reportDigest(of: prepared)
    }

    private func pushToEngine() throws -> Descriptor {
        guard let engine else { throw EngineError("\(location): unsupported destination", phase: .stream) }
        let prepared = try prepare()
        report(.message("The push refers to repository [\(location)]"))
        let answer = try engine.send("POST", "/images/load?quiet=1") { connection in
            try prepared.write { try connection.write($0) }
        }
        // One JSON object a line; an error in it comes with the status of success.
        for line in try answer.readAll().split(separator: UInt8(ascii: "\n")) {
            guard case .string(let text)? = (try? JSONParser.parse(Array(line)))?["error"] else { continue }
            throw EngineError(text, phase: .stream)
        }
        return try reportDigest(of: prepared)
    }

    private func reportDigest(of prepared: PreparedArchive) throws -> Descriptor {
        guard let image = prepared.images.first else { throw StoreError.noSuchImage(name) }
        let root = image.content.root.descriptor
        report(.message("\(image.tags.first?.tag ?? "untagged"): digest: \(root.digest) size: \(root.size)"))
        return root
    }
}
