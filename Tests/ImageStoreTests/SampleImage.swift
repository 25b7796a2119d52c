// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI

@testable import ImageStore

/// An image made of a few bytes: the layers are any bytes, as the store does not look into them.
struct SampleImage {
    struct Layer {
        let bytes: [UInt8]
        let facts: LayerFacts
        let descriptor: Descriptor

        /// `content` makes the layer what it is; `form` makes different blobs of one layer.
        init(_ content: String, form: String = "gzip", size: Int64 = 100) {
            bytes = Array("\(form):\(content)".utf8)
            facts = LayerFacts(
                diffID: SHA256Hasher.digest(of: Array(content.utf8)), uncompressedSize: size * 2, size: size
            )
            descriptor = Descriptor(
                mediaType: .ociLayerGzip, digest: SHA256Hasher.digest(of: bytes), size: Int64(bytes.count)
            )
        }

        /// A real tar, stored as it is.
        init(tar: [UInt8], size: Int64) {
            bytes = tar
            let digest = SHA256Hasher.digest(of: tar)
            facts = LayerFacts(diffID: digest, uncompressedSize: Int64(tar.count), size: size)
            descriptor = Descriptor(mediaType: .ociLayer, digest: digest, size: Int64(tar.count))
        }
    }

    let layers: [Layer]
    let config: [UInt8]
    let manifest: [UInt8]
    var parent: Digest?
    var origin = ImageOrigin.pulled

    init(
        _ contents: [String], created: String = "2026-01-02T03:04:05Z", comment: String = "",
        labels: [String: String] = [:], history: String? = nil
    ) {
        self.init(
            layers: contents.map { Layer($0) }, created: created, comment: comment, labels: labels, history: history)
    }

    init(
        layers: [Layer], created: String = "2026-01-02T03:04:05Z", comment: String = "", labels: [String: String] = [:],
        history: String? = nil
    ) {
        self.layers = layers
        let diffs = layers.map { "\"\($0.facts.diffID)\"" }.joined(separator: ",")
        let labelText = labels.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
        let steps = history ?? layers.indices.map { "{\"created_by\":\"step \($0)\"}" }.joined(separator: ",")
        config = Array(
            """
            {"created":"\(created)","architecture":"amd64","os":"linux","comment":"\(comment)",\
            "config":{"Labels":{\(labelText)}},"rootfs":{"type":"layers","diff_ids":[\(diffs)]},"history":[\(steps)]}
            """.utf8
        )
        let blobs = layers.map {
            "{\"mediaType\":\"\($0.descriptor.mediaType)\",\"digest\":\"\($0.descriptor.digest)\",\"size\":\($0.bytes.count)}"
        }
        manifest = Array(
            """
            {"schemaVersion":2,"mediaType":"\(MediaType.ociManifest)","config":{"mediaType":"\(MediaType.ociConfig)",\
            "digest":"\(SHA256Hasher.digest(of: config))","size":\(config.count)},"layers":[\(blobs.joined(separator: ","))]}
            """.utf8
        )
    }

    var id: Digest { SHA256Hasher.digest(of: config) }
    var configDescriptor: Descriptor { Descriptor(mediaType: .ociConfig, digest: id, size: Int64(config.count)) }
    var manifestDescriptor: Descriptor {
        Descriptor(
            mediaType: .ociManifest, digest: SHA256Hasher.digest(of: manifest), size: Int64(manifest.count)
        )
    }
    var chainIDs: [Digest] { ChainID.chain(of: layers.map(\.facts.diffID)) }
    var blobDigests: [Digest] { layers.map(\.descriptor.digest) + [id, manifestDescriptor.digest] }

    /// Fetches what is missing and publishes, as a pull does.
    @discardableResult
    func pull(into store: ImageStore, as names: String...) throws -> PublishOutcome {
        let lease = try store.lease("pull \(names)")
        defer { lease.release() }
        for layer in layers { try layer.fetch(into: store, lease) }
        try store.putBlob(config, digest: id, mediaType: .ociConfig, lease: lease)
        try store.putBlob(manifest, digest: manifestDescriptor.digest, mediaType: .ociManifest, lease: lease)
        var image = Publication(
            manifest: manifestDescriptor, config: try ImageConfig(parsing: config), configDescriptor: configDescriptor,
            layers: layers.map { PublishedLayer(blob: $0.descriptor, facts: $0.facts) }, origin: origin, parent: parent
        )
        image.sources = [BlobSource(host: "docker.io", repository: "library/sample")]
        image.references = try names.map {
            NewReference(try Reference(normalizing: $0).withDefaultTag(), target: manifestDescriptor)
        }
        return try store.publish(image, lease: lease)
    }

    func child(_ extra: String, created: String = "2026-01-03T00:00:00Z") -> SampleImage {
        var image = SampleImage(layers: layers + [Layer(extra)], created: created)
        image.parent = id
        image.origin = .created
        return image
    }
}

extension SampleImage.Layer {
    func fetch(into store: ImageStore, _ lease: Lease) throws {
        guard case .owner(let ingest) = try store.acquire(descriptor.digest, size: descriptor.size, lease: lease) else {
            return
        }
        if ingest.frontier < descriptor.size {
            try bytes[Int(ingest.frontier)...].withUnsafeBytes { try ingest.append($0) }
        }
        try ingest.commit(mediaType: descriptor.mediaType, facts: facts)
    }
}
