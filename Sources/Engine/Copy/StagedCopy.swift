// SPDX-License-Identifier: Apache-2.0
import ImageStore
public import OCI
public import RegistryClient

/// Copies an image from or to an archive or an engine, which give and take an image only as a whole: by a store of its
/// own that goes afterwards, with all the checks of a load. So what comes out of an archive is compressed for a registry
/// as a push does it.
/// - Throws: what ``CopyOperation``, ``PullFromLocation``, ``PushOperation`` and ``PushToLocation`` throw.
public struct StagedCopy: Sendable {
    let registry: RegistryClient
    let pool: BlockingPool
    let request: CopyRequest
    let engine: EngineSocket?
    let scratch: String
    let report: ProgressHandler

    /// - Parameters:
    ///   - engine: where locations of an engine are.
    ///   - scratch: a directory that has room for the image.
    public init(
        registry: RegistryClient, pool: BlockingPool, request: CopyRequest, engine: EngineSocket?, scratch: String,
        report: @escaping ProgressHandler
    ) {
        self.registry = registry
        self.pool = pool
        self.request = request
        self.engine = engine
        self.scratch = scratch
        self.report = report
    }

    /// Whether a copy needs staging; registries and layouts do without.
    public static func isNeeded(for request: CopyRequest) -> Bool {
        [request.source, request.destination].contains { location in
            switch location.transport {
            case .registry, .layout: false
            case .layoutArchive, .dockerArchive, .engine: true
            }
        }
    }

    /// - Returns: what the destination now has under the name.
    public func run() async throws -> Descriptor {
        try CopyOperation.check(destination: request.destination)
        let directory = try ScratchDirectory(in: scratch)
        defer { withExtendedLifetime(directory) {} }
        let source = try await readableSource(in: directory)
        let store = try ImageStore.open(root: directory.path + "/store")
        defer { store.close() }
        let pull = PullFromLocation(
            store: store, location: source, platform: platform, engine: engine, report: progressOnly)
        let image = try pull.bring(as: newName, withIndex: isWhole)
        if request.destination.transport == .registry, let name = image.names.first {
            let push = PushOperation(
                store: store, registry: registry, pool: pool, request: PushRequest(reference: name), report: report)
            return try await push.run().first?.target ?? image.root
        }
        return try await PushToLocation(
            store: store, pool: pool, name: try storedName(of: image), location: request.destination, engine: engine,
            report: report
        ).run()
    }

    private var isWhole: Bool {
        if case .all = request.choice { return true }
        return false
    }

    /// An archive with one image is copied whatever it is for, so this machine's platform is not asked for.
    private var platform: Platform? {
        guard case .platform(let platform) = request.choice, platform != .host else { return nil }
        return platform
    }

    /// What an archive can be read from. Registries and layouts are copied into a layout first.
    private func readableSource(in directory: ScratchDirectory) async throws -> ImageLocation {
        guard [.registry, .layout].contains(request.source.transport) else { return request.source }
        let path = directory.path + "/layout"
        let target = LayoutCopyTarget(
            directory: try LayoutDirectory(creating: path), name: "copy", fullName: nil, pool: pool)
        _ = try await CopyOperation(
            from: CopyOperation.source(request.source, registry, pool), to: target, choice: request.choice,
            limit: registry.configuration.maxConcurrentDownloads, report: progressOnly
        ).run()
        guard let location = try ImageLocation(parsing: "oci:\(path):copy", directory: "/") else {
            throw EngineError("\(path): no layout", phase: .stream)
        }
        return location
    }

    /// What the image is called on the way: as at its destination, or as where it comes from. Nil leaves it the names that
    /// an archive has for it.
    private var newName: Reference? {
        if let name = request.destination.reference { return name }
        guard let name = request.source.reference, name.digest == nil else { return nil }
        return name
    }

    /// An image without a name has an ID, which stands for one platform.
    private func storedName(of image: LoadableImage) throws -> String {
        if let name = image.names.first { return name.canonical }
        guard image.index == nil else {
            throw EngineError(
                "\(request.destination): name the image there, with a colon after the path: \(request.source) has no "
                    + "name for its index", phase: .stream)
        }
        return image.configDocument.digest.description
    }

    /// The lines of the way in are not those of the copy.
    private var progressOnly: ProgressHandler {
        let report = report
        return { event in
            if case .update = event { report(event) }
        }
    }
}
