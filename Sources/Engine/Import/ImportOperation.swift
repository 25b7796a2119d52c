// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import DockerFormat
public import ImageStore
public import OCI
import TarArchive

/// Makes an image with one layer of an archive of files, compressed or not.
public struct ImportOperation: Sendable {
    private static let bufferSize = 256 << 10

    private let store: ImageStore
    private let request: ImportRequest
    private let threads: Int

    /// - Parameter threads: how many compress the layer.
    public init(store: ImageStore, request: ImportRequest, threads: Int) {
        self.store = store
        self.request = request
        self.threads = threads
    }

    /// - Parameter descriptor: an open file, which may be a pipe.
    /// - Returns: the ID of the image, which has the request's name then.
    public func run(descriptor: Int32) throws -> Digest {
        if let platform = request.platform, platform.os != "linux" {
            throw EngineError("operating system is not supported")
        }
        let config: ContainerConfig
        do { config = try ContainerConfig().applying(changes: request.changes) } catch {
            throw EngineError("\(error)")
        }
        let lease = try store.lease("import")
        defer { lease.release() }
        let layer = try writeLayer(descriptor, lease)
        return try publish(image(config, diffID: layer.facts.diffID), layer, lease)
    }

    /// The archive as a layer: its plain bytes decide the diffID, however they came.
    private func writeLayer(_ descriptor: Int32, _ lease: Lease) throws -> PublishedLayer {
        let staging = try store.stagingBlob(lease: lease)
        let packing = LayerPacking(threads: threads) { try staging.append($0) }
        let facts = try withDockerTexts {
            let stream = try ArchiveStream(descriptor)
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.bufferSize, alignment: 64)
            defer { buffer.deallocate() }
            while true {
                let count = try stream.read(into: buffer)
                guard count > 0 else { return try packing.finish() }
                try packing.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
        let size = staging.size
        let digest = try staging.commit(mediaType: .dockerLayerGzip, facts: facts)
        return PublishedLayer(
            blob: Descriptor(mediaType: .dockerLayerGzip, digest: digest, size: size), facts: facts)
    }

    private func withDockerTexts<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch InflateError.truncated {
            throw EngineError("unexpected EOF")
        } catch TarError.truncated {
            throw EngineError("unexpected EOF")
        } catch let error as TarError {
            throw EngineError("\(error)")
        }
    }

    private func image(_ config: ContainerConfig, diffID: Digest) -> ImageConfig {
        let platform = request.platform ?? Platform(os: "linux", architecture: Platform.host.architecture)
        let created = request.created.rfc3339(fraction: .asNeeded)
        let comment = request.message.isEmpty ? "Imported from \(request.origin)" : request.message
        var image = ImageConfig(rootfs: RootFS(diffIDs: [diffID]))
        image.created = created
        image.comment = comment
        image.os = platform.os
        image.architecture = platform.architecture
        image.variant = platform.variant ?? ""
        image.config = config
        image.history = [HistoryEntry(created: created, author: "", createdBy: "", comment: comment, emptyLayer: false)]
        return image
    }

    private func publish(_ image: ImageConfig, _ layer: PublishedLayer, _ lease: Lease) throws -> Digest {
        let document = ImageConfigWriter.bytes(image)
        let id = SHA256Hasher.digest(of: document)
        try store.putBlob(document, digest: id, mediaType: .dockerConfig, lease: lease)
        let config = Descriptor(mediaType: .dockerConfig, digest: id, size: Int64(document.count))
        let manifest = ManifestBuilder.manifest(config: config, layers: [layer.blob])
        try store.putBlob(manifest.bytes, digest: manifest.digest, mediaType: manifest.mediaType, lease: lease)
        let target = manifest.descriptor
        let publication = Publication(
            manifest: target, config: try ImageConfig(parsing: document), configDescriptor: config, layers: [layer],
            references: request.reference.map { [NewReference($0, target: target)] } ?? [], origin: .created,
            setsTagTime: request.reference != nil)
        return try store.publish(publication, lease: lease).imageID
    }
}
