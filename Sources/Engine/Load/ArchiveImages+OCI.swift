// SPDX-License-Identifier: Apache-2.0
import OCI

extension ArchiveImages {
    private typealias Content = (manifest: RawDocument, parsed: Manifest)

    /// The images of an OCI image layout (OCI image spec, image-layout.md), each with all its names.
    func ociImages() throws -> [LoadableImage] {
        do { _ = try ImageLayout(parsing: document(ImageLayout.fileName, .json).bytes) } catch let error
            as ManifestError
        {
            throw EngineError("invalid archive: \(ImageLayout.fileName): \(error)", phase: .stream)
        }
        let index = try parse(document("index.json", .ociIndex), ImageIndex.init(parsing:contentType:))
        var images: [LoadableImage] = []
        var positions: [Digest: Int] = [:]
        for descriptor in try selection?.choose(from: index.manifests) ?? index.manifests {
            let own = Self.name(of: descriptor).map { [$0] } ?? []
            let names = selection?.names(from: own) ?? own
            if let position = positions[descriptor.digest] {
                images[position].names += names.filter { !images[position].names.contains($0) }
            } else {
                positions[descriptor.digest] = images.count
                images.append(try image(descriptor, names: names))
            }
        }
        return images
    }

    /// containerd's annotation has the full name. OCI's has whatever the writer thought of: a full name counts, a tag
    /// alone names no repository.
    private static func name(of descriptor: Descriptor) -> Reference? {
        let annotations = descriptor.annotations ?? [:]
        if let text = annotations[ArchiveIndex.nameAnnotation], let name = try? Reference(normalizing: text) {
            return name.withDefaultTag()
        }
        guard let text = annotations[ArchiveIndex.tagAnnotation], text.contains(":") || text.contains("/"),
            let name = try? Reference(normalizing: text), name.digest == nil
        else { return nil }
        return name.withDefaultTag()
    }

    private func image(_ descriptor: Descriptor, names: [Reference]) throws -> LoadableImage {
        let root = try document(descriptor)
        switch try parse(root, ManifestDocument.parse) {
        case .manifest(let manifest): return try image((root, manifest), names: names)
        case .index(let index):
            let present = try index.manifests.filter { try contents.file(ArchivePath.blob($0.digest)) != nil }
            let wanted = platform ?? .host
            guard let chosen = wanted.select(from: present) ?? (platform == nil ? present.first : nil) else {
                throw EngineError(
                    "no matching manifest for \(wanted.normalized()) in the manifest list entries", phase: .stream)
            }
            var image = try image(content(chosen), names: names)
            image.index = root
            for other in present where other.digest != chosen.digest {
                let content = try content(other)
                guard let rest = try? parts(content) else { continue }
                image.others.append((content.manifest, rest.config, rest.layers))
            }
            return image
        }
    }

    /// A manifest that an index lists. Another index there is refused: indexes could go round in circles.
    private func content(_ descriptor: Descriptor) throws -> Content {
        let document = try document(descriptor)
        return (document, try parse(document, Manifest.init(parsing:contentType:)))
    }

    private func image(_ content: Content, names: [Reference]) throws -> LoadableImage {
        let (document, layers) = try parts(content)
        let config = try config(document)
        try LoadableImage.check(layers, against: config)
        if let platform, !platform.matches(config.platform) {
            throw EngineError(
                "the archive's image is for \(config.platform), not for \(platform.normalized())", phase: .stream)
        }
        return LoadableImage(
            manifest: content.manifest, config: config, configDocument: document, layers: layers, names: names)
    }

    private func parts(_ content: Content) throws -> (config: RawDocument, layers: [LoadableLayer]) {
        let config = try document(content.parsed.config)
        let layers = try content.parsed.layers.map { descriptor in
            let layer = try layer(ArchivePath.blob(descriptor.digest), mediaType: descriptor.mediaType)
            try require(descriptor, size: layer.descriptor.size)
            return layer
        }
        return (config, layers)
    }

    private func document(_ descriptor: Descriptor) throws -> RawDocument {
        let document = try document(ArchivePath.blob(descriptor.digest), descriptor.mediaType)
        try require(descriptor, size: Int64(document.bytes.count))
        return document
    }

    private func require(_ descriptor: Descriptor, size: Int64) throws {
        guard descriptor.size == size else {
            throw EngineError(
                "invalid archive: \(descriptor.digest) has \(size) bytes, its descriptor says \(descriptor.size)",
                phase: .stream)
        }
    }

    private func parse<Parsed>(
        _ document: RawDocument, _ read: ([UInt8], MediaType?) throws(ManifestError) -> Parsed
    ) throws -> Parsed {
        do { return try read(document.bytes, document.mediaType) } catch {
            throw EngineError("\(error)", phase: .stream)
        }
    }
}
