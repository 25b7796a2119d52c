// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate

/// All that `system df -v` shows; the root object of its templates.
struct UsageReport: TemplateObject {
    var images: [ImageRow]
    var containers: [ContainerRow]
    var volumes: [VolumeRow]
    var buildCache: [BuildCacheRow]
    /// Bytes.
    var buildCacheSize: Int64

    init(
        images: [ImageRow], containers: [ContainerRow], volumes: [VolumeRow], buildCache: [BuildCacheRow] = [],
        buildCacheSize: Int64 = 0
    ) {
        self.images = images
        self.containers = containers
        self.volumes = volumes
        // Never used first, then the longest unused.
        self.buildCache = buildCache.sorted { ($0.lastUsed ?? .zero, $0.id) < ($1.lastUsed ?? .zero, $1.id) }
        self.buildCacheSize = buildCacheSize
    }

    var goTypeName: String { "*formatter.diskUsageContext" }

    func member(_ name: String) -> TemplateMember? {
        fields.first { $0.0.name == name }.map { .field($0.1) }
    }

    var printedValue: TemplateValue { .structure(fields, name: "formatter.diskUsageContext") }

    private var fields: [(GoType.Field, TemplateValue)] {
        func field(_ name: String, _ rows: [some ListingRow], type: String) -> (GoType.Field, TemplateValue) {
            let element = GoType.slice(.pointer(.named(type, .structure([]))))
            return (
                GoType.Field(name, element), .typed(TypedValue(element, .elements(rows.map { .object($0) })))
            )
        }
        return [
            field("Images", images, type: "formatter.imageContext"),
            field("Containers", containers, type: "formatter.ContainerContext"),
            field("Volumes", volumes, type: "formatter.volumeContext"),
            field("BuildCache", buildCache, type: "formatter.buildCacheContext"),
        ]
    }

    static let rawFormat =
        "{{range .Images}}type: Image\n\(ImageFormat.raw(showsDigests: true))\n{{end -}}\n"
        + "{{range .Containers}}type: Container\n\(ContainerFormat.raw(showsSize: true))\n{{end -}}\n"
        + "{{range .Volumes}}type: Volume\n\(VolumeRow.format(ListingFormat.raw, quiet: false))\n{{end -}}\n"
        + "{{range .BuildCache}}type: Build Cache\n\(BuildCacheRow.raw)\n{{end -}}"

    private static let imageTable =
        "table {{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}\t{{.SharedSize}}\t{{.UniqueSize}}"
        + "\t{{.Containers}}"
    private static let containerTable =
        "table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t{{.Status}}\t{{.Names}}"
    private static let volumeTable = "table {{.Name}}\t{{.Links}}\t{{.Size}}"
    private static let buildCacheTable =
        "table {{.ID}}\t{{.CacheType}}\t{{.Size}}\t{{.CreatedSince}}\t{{.LastUsedSince}}\t{{.UsageCount}}\t{{.Shared}}"

    /// Four tables with a title each.
    func tables() throws(StatusError) -> [UInt8] {
        var output: [UInt8] = []
        output += Array("Images space usage:\n\n".utf8)
        output += try ListingFormat(Self.imageTable).text(images)
        output += Array("\nContainers space usage:\n\n".utf8)
        output += try ListingFormat(Self.containerTable).text(containers)
        output += Array("\nLocal Volumes space usage:\n\n".utf8)
        output += try ListingFormat(Self.volumeTable).text(volumes)
        output += Array("\nBuild cache usage: \(HumanSize.decimal(buildCacheSize))\n\n".utf8)
        output += try ListingFormat(Self.buildCacheTable).text(buildCache)
        return output
    }

    /// The whole report by one template. docker adds no newline, and no context to an error.
    func text(format source: String) throws -> [UInt8] {
        if source == ListingFormat.defaultSource { return try tables() }
        let source = source == ListingFormat.raw ? Self.rawFormat : source
        return try ListingFormat(source).text(ofRoot: .object(self))
    }
}
