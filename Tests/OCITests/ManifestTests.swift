// SPDX-License-Identifier: Apache-2.0
import OCI
import Testing

struct ManifestTests {
    private static let digest = "sha256:" + String(repeating: "ab", count: 32)
    private static let config = """
        {"mediaType":"application/vnd.oci.image.config.v1+json","digest":"\(digest)","size":7}
        """
    private static let layer = """
        {"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"\(digest)","size":9}
        """

    private static func parse(_ text: String, as mediaType: MediaType? = nil) throws(ManifestError) -> ManifestDocument
    {
        try ManifestDocument.parse(Array(text.utf8), contentType: mediaType)
    }

    private static func manifest(_ text: String, as mediaType: MediaType? = nil) throws -> Manifest {
        guard case .manifest(let manifest) = try parse(text, as: mediaType) else {
            throw ManifestError.missingMediaType
        }
        return manifest
    }

    @Test func `a manifest gives its config and layers in order`() throws {
        let manifest = try Self.manifest(
            #"{"schemaVersion":2,"config":\#(Self.config),"layers":[\#(Self.layer),\#(Self.layer)],"x":{}}"#,
            as: .ociManifest
        )
        #expect(manifest.mediaType == .ociManifest)
        #expect(manifest.config.size == 7)
        #expect(manifest.layers.map(\.size) == [9, 9])
        #expect(manifest.layers[0].mediaType.layerCompression == .gzip)
        #expect(manifest.annotations == nil)
    }

    @Test(arguments: [#""layers":null"#, #""layers":[]"#, #""x":1"#])
    func `an image may have no layers`(field: String) throws {
        let manifest = try Self.manifest(#"{"schemaVersion":2,"config":\#(Self.config),\#(field)}"#)
        #expect(manifest.layers.isEmpty)
    }

    @Test func `keys match in any case, as Go reads them`() throws {
        let manifest = try Self.manifest(#"{"SchemaVersion":2,"Config":\#(Self.config),"LAYERS":[\#(Self.layer)]}"#)
        #expect(manifest.layers.count == 1)
    }

    @Test func `configs and layers of old registries lack media types`() throws {
        let bare = #"{"digest":"\#(Self.digest)","size":1}"#
        let manifest = try Self.manifest(
            #"{"schemaVersion":2,"config":\#(bare),"layers":[\#(bare)]}"#, as: .dockerManifest)
        #expect(manifest.mediaType == .dockerManifest)
        #expect(manifest.layers[0].mediaType.rawValue.isEmpty)
    }

    /// Each could be read as two documents, by two readers or under two names.
    private static let twoFaced: [(String, MediaType?)] = [
        (#"{"schemaVersion":2,"config":\#(config),"layers":[],"manifests":[]}"#, nil),
        (#"{"schemaVersion":2,"config":\#(config),"layers":[],"manifests":null}"#, .ociManifest),
        (#"{"schemaVersion":2,"manifests":[],"config":\#(config)}"#, .ociIndex),
        (#"{"schemaVersion":2,"config":\#(config),"layers":[],"fsLayers":[]}"#, nil),
        (#"{"schemaVersion":2,"config":\#(config),"layers":[],"Layers":[\#(layer)]}"#, nil),
        (#"{"schemaVersion":2,"config":\#(config),"layers":[],"layers":[]}"#, nil),
        (#"{"schemaVersion":2,"config":\#(config),"layers":[],"layer\u017f":[]}"#, nil),
        (#"{"schemaVersion":2,"mediaType":"\#(MediaType.ociManifest)","config":\#(config)}"#, .dockerManifest),
        (#"{"schemaVersion":2,"mediaType":"\#(MediaType.ociIndex)","manifests":[]}"#, .ociManifest),
        (#"{"schemaVersion":2,"config":{"digest":"\#(digest)","size":1,"Size":2},"layers":[]}"#, nil),
    ]

    @Test(arguments: twoFaced)
    func `a document that could be read in two ways is refused`(text: String, mediaType: MediaType?) {
        #expect(throws: ManifestError.self) { try Self.parse(text, as: mediaType) }
    }

    private static let badFields: [(String, String)] = [
        (#""config":null"#, "config"),
        (#""layers":[]"#, "config"),
        (#""config":[]"#, "config"),
        (#""config":{"digest":"\#(digest)"}"#, "config.size"),
        (#""config":{"digest":"\#(digest)","size":-1}"#, "config.size"),
        (#""config":{"digest":"\#(digest)","size":9223372036854775808}"#, "config.size"),
        (#""config":{"digest":"\#(digest)","size":1.5}"#, "config.size"),
        (#""config":{"digest":"\#(digest)","size":1e3}"#, "config.size"),
        (#""config":{"digest":"\#(digest)","size":"1"}"#, "config.size"),
        (#""config":{"digest":"sha256:../../x","size":1}"#, "config.digest"),
        (#""config":{"digest":"\#(digest)\n","size":1}"#, "config.digest"),
        (#""config":{"size":1}"#, "config.digest"),
        (#""config":\#(config),"layers":[\#(layer),null]"#, "layers[1]"),
        (#""config":\#(config),"layers":{}"#, "layers"),
        (#""config":\#(config),"annotations":{"a":1}"#, "annotations.a"),
        (#""config":\#(config),"subject":"x""#, "subject"),
        (#""config":\#(config),"layers":[{"digest":"\#(digest)","size":1,"urls":["/etc/passwd"]}]"#, "layers[0].urls"),
    ]

    @Test(arguments: badFields)
    func `the field that is wrong is named`(fields: String, path: String) throws {
        let error = try #require(throws: ManifestError.self) {
            try Self.parse(#"{"schemaVersion":2,\#(fields)}"#, as: .ociManifest)
        }
        guard case .invalidField(let found, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(found == path)
    }

    @Test func `what is no image is refused with docker's texts`() throws {
        func text(config: String, layer: String = "application/vnd.oci.image.layer.v1.tar") -> String {
            func descriptor(_ type: String) -> String {
                #"{"mediaType":"\#(type)","digest":"\#(Self.digest)","size":1}"#
            }
            let text = #"{"schemaVersion":2,"config":\#(descriptor(config)),"layers":[\#(descriptor(layer))]}"#
            do throws(ManifestError) {
                _ = try Self.parse(text, as: .ociManifest)
                return ""
            } catch {
                return error.description
            }
        }
        let chart = "application/vnd.cncf.helm.config.v1+json"
        #expect(text(config: chart) == "unsupported media type \(chart)")
        #expect(text(config: "application/json", layer: "text/x") == "unsupported media type text/x")
        let plugin = #"Encountered remote "application/vnd.docker.plugin.v1+json"(plugin) when fetching"#
        #expect(text(config: "application/vnd.docker.plugin.v1+json") == plugin)
        #expect(
            text(config: "application/vnd.docker.ai.model.config.v0.1+json")
                == #"AI models are not yet supported by the Engine, please use "docker model pull/run" instead"#
        )
        #expect(text(config: "application/octet-stream") == "")
    }

    private static let retired: [(String, MediaType?)] = [
        ("{}", .schema1),
        ("{}", .schema1Signed),
        (#"{"schemaVersion":1,"fsLayers":[]}"#, nil),
        (#"{"schemaVersion":1,"fsLayers":[]}"#, .json),
        (#"{"fsLayers":[]}"#, .ociManifest),
    ]

    @Test(arguments: retired)
    func `schema 1 is refused by its name`(text: String, mediaType: MediaType?) throws {
        let error = try #require(throws: ManifestError.self) { try Self.parse(text, as: mediaType) }
        #expect(error == .schema1)
        #expect(error.text(reference: "r.io/a:1").contains("Suggest the author of r.io/a:1 to upgrade"))
    }

    @Test func `an index gives its entries with their platforms`() throws {
        let entry = """
            {"mediaType":"\(MediaType.ociManifest)","digest":"\(Self.digest)","size":3,
             "platform":{"os":"linux","architecture":"arm","variant":"v7","os.features":["f"]}}
            """
        let document = try Self.parse(#"{"schemaVersion":2,"manifests":[\#(entry)]}"#)
        guard case .index(let index) = document else {
            Issue.record("\(document)")
            return
        }
        #expect(
            index.manifests[0].platform == Platform(os: "linux", architecture: "arm", variant: "v7", osFeatures: ["f"]))
    }

    @Test func `documents are bounded`() {
        let deep = String(repeating: "[", count: 1_000_000)
        #expect(throws: ManifestError.self) { try Self.parse(#"{"schemaVersion":2,"config":"# + deep) }
        let layers = [String](
            repeating: #"{"digest":"\#(Self.digest)","size":1}"#, count: ManifestLimits.maximumLayerCount + 1)
        #expect(throws: ManifestError.tooMany(field: "layers", count: 4097, limit: 4096)) {
            try Self.parse(
                #"{"schemaVersion":2,"config":\#(Self.config),"layers":[\#(layers.joined(separator: ","))]}"#)
        }
        let large = [UInt8](repeating: 0x20, count: ManifestLimits.maximumDocumentSize + 1)
        #expect(throws: ManifestError.tooLarge(large.count)) { try ManifestDocument.parse(large, contentType: nil) }
    }

    @Test func `a content type is read without its parameters`() {
        #expect(MediaType(contentType: " Application/JSON ; charset=utf-8") == .json)
        #expect(MediaType(contentType: "") == MediaType(rawValue: ""))
        #expect(MediaType.ociLayerForeignZstd.isForeignLayer)
        #expect(MediaType.ociLayer.layerCompression == LayerCompression.none)
        #expect(MediaType.ociConfig.layerCompression == nil)
    }
}
