// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine
import ImageStore
import OCI

/// An image as `inspect` shows it: the members, their order and their nulls are those of docker 28's API 1.51.
struct ImageObject {
    /// What containers of images run on. The directories are made when a container first needs them, so none is named.
    private static let driver = "overlay2"

    private let image: InspectedImage
    private let style: RowStyle

    init(_ image: InspectedImage, style: RowStyle) {
        self.image = image
        self.style = style
    }

    /// Finds an image for `inspect`.
    static func find(_ name: String, with inspect: InspectImage, style: RowStyle) throws -> InspectedObject {
        // docker's client looks at this itself.
        guard !name.isEmpty else { throw StatusError("Error: No such image: ") }
        return ImageObject(try inspect.run(name), style: style).inspected
    }

    private var inspected: InspectedObject { InspectedObject(raw, as: .imageInspect, style: style) }

    private var summary: ImageSummary { image.details.summary }
    private var tags: [String] { summary.references.filter { !$0.isDigest }.map(\.familiar) }
    private var digests: [String] { summary.references.filter(\.isDigest).map(\.familiar) }
    private var parent: String { summary.parent?.description ?? "" }
    private var layers: [String] { image.config.diffIDs.map(\.description) }
    private var lastTagged: Timestamp { image.details.lastTagged ?? .zero }

    /// The image's own, else that of the last step of its history.
    private var comment: String {
        image.config.comment.isEmpty ? image.config.history?.last?.comment ?? "" : image.config.comment
    }

    /// In the config's own zone, as Go prints it; empty when the config has none.
    private var created: String {
        guard let text = summary.created else { return "" }
        guard let parsed = try? Timestamp.parse(rfc3339: text) else { return text }
        return parsed.time.rfc3339(offset: parsed.offset, fraction: .asNeeded)
    }

    private var raw: JSONValue {
        var object = ObjectBuilder()
        object.add("Id", .string(summary.id.description))
        object.add("RepoTags", .array(tags.map { .string($0) }))
        object.add("RepoDigests", .array(digests.map { .string($0) }))
        object.add("Parent", .string(parent))
        object.add("Comment", .string(comment))
        object.addText("Created", created)
        object.add("DockerVersion", .string(image.config.dockerVersion))
        object.add("Author", .string(image.config.author))
        object.add("Architecture", .string(image.config.architecture))
        object.addText("Variant", image.config.variant)
        object.add("Os", .string(image.config.os))
        object.addText("OsVersion", image.config.osVersion)
        object.add("Size", .integer(summary.size))
        object.add("GraphDriver", ["Data": nil, "Name": .string(Self.driver)])
        object.add("RootFS", rawRootFS)
        object.add("Metadata", ["LastTagTime": .string(lastTagged.rfc3339(fraction: .asNeeded))])
        object.add("Config", image.config.config.inspected)
        return object.value
    }

    private var rawRootFS: JSONValue {
        var object = ObjectBuilder()
        object.add("Type", .string(image.config.rootfs.type))
        if !layers.isEmpty { object.add("Layers", .array(layers.map { .string($0) })) }
        return object.value
    }
}
