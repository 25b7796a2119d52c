// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import ImageStore
import OCI

/// The two documents by which readers find the images of an archive.
struct ArchiveIndex {
    /// containerd's key for the full name; its own, docker's and nerdctl's loaders read it.
    static let nameAnnotation = "io.containerd.image.name"
    /// OCI's key, which holds the tag.
    static let tagAnnotation = "org.opencontainers.image.ref.name"

    let images: [SavedImage]

    /// `index.json`: a descriptor for each name.
    var ociIndex: [UInt8] {
        let entries = images.flatMap { image -> [JSONValue] in
            let root = image.content.root.descriptor
            guard !image.tags.isEmpty else { return [Self.entry(root, annotations: [:])] }
            return image.tags.map { name in
                Self.entry(
                    root, annotations: [Self.nameAnnotation: name.canonical, Self.tagAnnotation: name.tag ?? ""])
            }
        }
        return JSONWriter.bytes(
            [
                "schemaVersion": 2, "mediaType": .string(MediaType.ociIndex.rawValue), "manifests": .array(entries),
            ])
    }

    /// docker's `manifest.json`, with a newline at its end: the images that docker's classic store can hold, so of an
    /// index the platform that the name stands for here.
    var dockerManifest: [UInt8] {
        let entries = images.compactMap { image in image.content.own.map { entry($0, image.tags) } }
        return JSONWriter.bytes(.array(entries)) + [UInt8(ascii: "\n")]
    }

    /// A descriptor of an index's list.
    static func entry(_ root: Descriptor, annotations: [String: String]) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("mediaType", .string(root.mediaType.rawValue)), .init("digest", .string(root.digest.description)),
            .init("size", .integer(root.size)),
        ]
        if !annotations.isEmpty { members.append(.init("annotations", .map(annotations))) }
        return .object(members)
    }

    private func entry(_ part: ImageContent.Part, _ tags: [ImageReference]) -> JSONValue {
        func path(_ descriptor: Descriptor) -> JSONValue { .string("blobs/sha256/\(descriptor.digest.hex)") }
        return [
            "Config": path(part.manifest.config),
            "RepoTags": tags.isEmpty ? .null : .array(tags.map { .string($0.familiar) }),
            "Layers": .array(part.manifest.layers.map(path)),
        ]
    }
}
