// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An image built on the spot, independent of the product's own code, that skopeo sends to a real registry.
public struct TestImage: Sendable {
    public var layers: [TestLayer]
    public var architecture: String
    public var variant: String?
    public var created: String
    public var config: [String: String]
    /// Members of the config's `config` object as JSON text, such as `"Cmd":["sh"]`.
    public var configMembers: [String]

    public init(
        layers: [TestLayer], architecture: String = "amd64", variant: String? = nil,
        created: String = "2026-01-02T03:04:05Z", labels: [String: String] = [:], configMembers: [String] = []
    ) {
        self.layers = layers
        self.architecture = architecture
        self.variant = variant
        self.created = created
        self.config = labels
        self.configMembers = configMembers
    }

    /// The image's configuration as JSON text.
    /// - Parameter digests: of the layers' tars.
    private func configText(_ digests: [String]) -> String {
        let diffIDs = digests.map { "\"\($0)\"" }.joined(separator: ",")
        let history = layers.map { _ in "{\"created\":\"\(created)\",\"created_by\":\"test layer\"}" }.joined(
            separator: ",")
        var members = configMembers
        if !config.isEmpty {
            let labels = config.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }
            members.append("\"Labels\":{\(labels.joined(separator: ","))}")
        }
        return "{\"created\":\"\(created)\",\(platform),\"config\":{\(members.joined(separator: ","))},"
            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\(diffIDs)]},\"history\":[\(history)]}"
    }

    private var platform: String {
        "\"architecture\":\"\(architecture)\",\"os\":\"linux\""
            + (variant.map { ",\"variant\":\"\($0)\"" } ?? "")
    }

    /// What `docker load` reads: the image under `name` (`repository:tag`).
    public func archive(as name: String) throws -> [UInt8] {
        TestTar.archive(try members(as: name))
    }

    /// The files of that archive.
    public func members(as name: String) throws -> [TestTar.Member] {
        let layout = try TestLayout()
        let digests = try layers.map { try layout.digest(of: $0.tar) }
        var files = ["config.json": Array(configText(digests).utf8)]
        for (digest, layer) in zip(digests, layers) { files["\(digest.dropFirst(7)).tar"] = layer.tar }
        let paths = digests.map { "\"\($0.dropFirst(7)).tar\"" }.joined(separator: ",")
        files["manifest.json"] = Array(
            "[{\"Config\":\"config.json\",\"RepoTags\":[\"\(name)\"],\"Layers\":[\(paths)]}]".utf8)
        return files.sorted { $0.key < $1.key }.map { TestTar.Member($0.key, $0.value) }
    }

    /// Adds the image's blobs to `layout` and returns its manifest's entry.
    public func write(to layout: TestLayout) throws -> TestLayout.Entry {
        let text = configText(try layers.map { try layout.digest(of: $0.tar) })
        let configEntry = try layout.add(Array(text.utf8), mediaType: "application/vnd.oci.image.config.v1+json")
        let layerEntries = try layers.map { try layout.add($0.blob, mediaType: $0.form.rawValue).json }
        let manifest =
            "{\"schemaVersion\":2,\"mediaType\":\"\(TestLayout.manifestType)\",\"config\":\(configEntry.json),"
            + "\"layers\":[\(layerEntries.joined(separator: ","))]}"
        var entry = try layout.add(Array(manifest.utf8), mediaType: TestLayout.manifestType)
        entry.platform = "{\(platform)}"
        entry.imageID = configEntry.digest
        return entry
    }
}
