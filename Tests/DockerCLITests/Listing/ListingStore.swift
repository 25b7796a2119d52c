// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import DockerFormat
import Foundation
import ImageStore
import OCI

@testable import DockerCLI

/// A store in a directory of its own, with images of a few bytes, and docker's command line over it.
///
/// The standard images are those of a transcript of docker 28.5.2: an imported base, and three commits on top of it.
final class ListingStore {
    /// A layer: the store doesn't look into blobs, so any bytes do.
    struct Layer {
        var content: String
        /// As docker counts it, in bytes.
        var size: Int64
    }

    /// What goes into the config of an image.
    struct Recipe {
        var layers: [Layer]
        var created: String? = "2026-11-24T14:19:53Z"
        /// The `config` member as JSON.
        var config = "{}"
        /// Members of `history` as JSON.
        var history: [String] = []
        /// Further members of the document, each with a comma before it.
        var extra = ""
    }

    static let baseLayer = Layer(content: "base", size: 3_964_542)

    let root: String
    let store: ImageStore
    var now = "2026-11-24T14:19:56Z"

    init() throws {
        root = NSTemporaryDirectory() + "/dockerlite-listing-" + UUID().uuidString
        store = try ImageStore.open(root: root)
    }

    deinit {
        store.close()
        _ = try? FileManager.default.removeItem(atPath: root)
    }

    /// Runs a command line in a context whose clock stands still.
    /// - Parameters:
    ///   - columns: the width of the terminal on standard output; nil is a pipe.
    ///   - config: the client's config.json.
    ///   - settings: the engine's daemon.json.
    func run(
        _ arguments: String..., program: String = "docker", columns: Int? = nil, config: String? = nil,
        settings: String = "{}"
    ) throws -> TestContext.Outcome {
        var test = TestContext(program: program, outColumns: columns)
        let now = try Timestamp(rfc3339: now)
        test.context.clock = { now }
        test.context.environment["DOCKERLITE_ROOT"] = root
        test.context.environment["DOCKER_CONFIG"] = root + "/client"
        test.context.environment["DOCKERLITE_CONFIG_FILE"] = root + "/daemon.json"
        try settings.write(toFile: root + "/daemon.json", atomically: true, encoding: .utf8)
        if let config {
            try FileManager.default.createDirectory(atPath: root + "/client", withIntermediateDirectories: true)
            try config.write(toFile: root + "/client/config.json", atomically: true, encoding: .utf8)
        }
        return test.run(.top(program: program), arguments)
    }

    /// Publishes an image under `names`, which may have digests.
    @discardableResult
    func add(
        _ recipe: Recipe, _ names: [String] = [], parent: Digest? = nil, origin: ImageOrigin = .pulled
    ) throws -> Digest {
        let lease = try store.lease("test")
        defer { lease.release() }
        let layers = try recipe.layers.map { try publish($0, lease) }
        let config = try put(Array(Self.config(recipe).utf8), .ociConfig, lease)
        let blobs = layers.map(\.blob).map {
            #"{"mediaType":"\#($0.mediaType)","digest":"\#($0.digest)","size":\#($0.size)}"#
        }
        let manifest = try put(
            Array(
                """
                {"schemaVersion":2,"mediaType":"\(MediaType.ociManifest)","config":{"mediaType":\
                "\(MediaType.ociConfig)","digest":"\(config.digest)","size":\(config.size)},\
                "layers":[\(blobs.joined(separator: ","))]}
                """.utf8), .ociManifest, lease)
        var image = Publication(
            manifest: manifest, config: try ImageConfig(parsing: Array(Self.config(recipe).utf8)),
            configDescriptor: config, layers: layers, origin: origin, parent: parent)
        image.references = try names.map { name in
            let reference = try Reference(normalizing: name.replacing("{manifest}", with: "\(manifest.digest)"))
            return NewReference(reference.withDefaultTag(), target: manifest)
        }
        return try store.publish(image, lease: lease).imageID
    }

    private static func config(_ recipe: Recipe) -> String {
        let diffs = recipe.layers.map { "\"\(diffID($0))\"" }.joined(separator: ",")
        let created = recipe.created.map { "\"created\":\"\($0)\"," } ?? ""
        return """
            {\(created)"architecture":"amd64","os":"linux","config":\(recipe.config),\
            "rootfs":{"type":"layers","diff_ids":[\(diffs)]},"history":[\(recipe.history.joined(separator: ","))]\
            \(recipe.extra)}
            """
    }

    static func diffID(_ layer: Layer) -> Digest {
        SHA256Hasher.digest(of: Array(layer.content.utf8))
    }

    private func publish(_ layer: Layer, _ lease: Lease) throws -> PublishedLayer {
        let blob = try put(Array("gzip:\(layer.content)".utf8), .ociLayerGzip, lease)
        let facts = LayerFacts(diffID: Self.diffID(layer), uncompressedSize: layer.size, size: layer.size)
        try store.recordFacts(facts, of: blob.digest, size: blob.size, mediaType: blob.mediaType, source: nil)
        return PublishedLayer(blob: blob, facts: facts)
    }

    private func put(_ bytes: [UInt8], _ mediaType: MediaType, _ lease: Lease) throws -> Descriptor {
        let digest = SHA256Hasher.digest(of: bytes)
        try store.putBlob(bytes, digest: digest, mediaType: mediaType, source: nil, lease: lease)
        return Descriptor(mediaType: mediaType, digest: digest, size: Int64(bytes.count))
    }
}
