// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// The config of an image, whose digest is the image's ID (OCI image spec, config.md; docker's image JSON).
public struct ImageConfig: Hashable, Sendable {
    /// When the image was made, RFC 3339 as written.
    public var created: String?
    public var author = ""
    public var architecture = ""
    public var variant = ""
    public var os = ""
    public var osVersion = ""
    public var osFeatures: [String]?
    /// What containers of the image run with; defaults when `hasConfig` is false.
    public var config = ContainerConfig()
    /// Whether the document has a `config` that isn't null.
    public var hasConfig = false
    public var rootfs: RootFS
    public var history: [HistoryEntry]?

    /// Only docker writes the rest: the commit message …
    public var comment = ""
    /// … the container that was committed …
    public var container = ""
    /// … its configuration …
    public var containerConfig: ContainerConfig?
    /// … the version of the engine …
    public var dockerVersion = ""
    /// … and the image below, by its ID.
    public var parent = ""

    public init(rootfs: RootFS) {
        self.rootfs = rootfs
    }

    /// Reads a config with docker's leniency: keys match in any case, unknown ones are skipped.
    public init(parsing bytes: [UInt8]) throws(ImageConfigError) {
        guard bytes.count <= ManifestLimits.maximumDocumentSize else { throw .tooLarge(bytes.count) }
        do {
            try self.init(JSONFields(JSONFields.document(bytes), path: ""))
        } catch {
            throw error.path == "rootfs" ? .invalidRootFS : .invalidField(path: error.path, reason: error.reason)
        }
    }

    private init(_ fields: JSONFields) throws(JSONFields.Failure) {
        guard let rootFields = try fields.fields("rootfs") else {
            throw JSONFields.Failure(path: "rootfs", reason: "missing")
        }
        rootfs = try RootFS(rootFields)
        guard rootfs.type == "layers" else { throw JSONFields.Failure(path: "rootfs", reason: "not of type layers") }
        created = try fields.timestamp("created")
        author = try fields.string("author") ?? ""
        architecture = try fields.string("architecture") ?? ""
        variant = try fields.string("variant") ?? ""
        os = try fields.string("os") ?? ""
        osVersion = try fields.string("os.version") ?? ""
        osFeatures = try fields.strings("os.features")
        if let configFields = try fields.fields("config") {
            config = try ContainerConfig(configFields)
            hasConfig = true
        }
        try readHistory(fields)
        try readDockerFields(fields)
    }

    private mutating func readHistory(_ fields: JSONFields) throws(JSONFields.Failure) {
        guard let elements = try fields.array("history") else { return }
        guard elements.count <= ManifestLimits.maximumHistoryCount else {
            throw JSONFields.Failure(
                path: "history",
                reason: "\(elements.count) steps, more than the \(ManifestLimits.maximumHistoryCount) allowed")
        }
        var entries: [HistoryEntry] = []
        for element in elements {
            let isNull = element.value == .null
            entries.append(isNull ? HistoryEntry() : try HistoryEntry(JSONFields(element.value, path: element.path)))
        }
        history = entries
    }

    private mutating func readDockerFields(_ fields: JSONFields) throws(JSONFields.Failure) {
        comment = try fields.string("comment") ?? ""
        container = try fields.string("container") ?? ""
        dockerVersion = try fields.string("docker_version") ?? ""
        parent = try fields.string("parent") ?? ""
        if let containerFields = try fields.fields("container_config") {
            containerConfig = try ContainerConfig(containerFields)
        }
    }

    /// The platform that the image is for.
    public var platform: Platform {
        Platform(
            os: os, architecture: architecture, variant: variant.isEmpty ? nil : variant,
            osVersion: osVersion.isEmpty ? nil : osVersion, osFeatures: osFeatures ?? []
        )
    }

    /// The diffIDs of the layers, from the base up.
    public var diffIDs: [Digest] { rootfs.diffIDs }
}
