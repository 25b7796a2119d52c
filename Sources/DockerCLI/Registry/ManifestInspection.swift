// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import FoundationEssentials
import OCI
import RegistryClient

/// What `manifest inspect` shows of a manifest or an index.
struct ManifestInspection: Sendable {
    private static let listType = "application/vnd.docker.distribution.manifest.list.v2+json"

    let reference: Reference
    let registry: RegistryClient

    /// A manifest as it is, indented by tabs; an index as docker's manifest list, indented by three spaces.
    func brief(_ fetched: FetchedManifest) throws -> [UInt8] {
        let bytes = fetched.document.bytes
        guard let index = try index(fetched) else { return try JSONText.indented(bytes, by: "\t") }
        let manifests = index.manifests.map { descriptor in
            JSONValue.object([
                .init("mediaType", .string(descriptor.mediaType.rawValue)), .init("size", .integer(descriptor.size)),
                .init("digest", .string(descriptor.digest.description)),
                .init("platform", platform(descriptor.platform)),
            ])
        }
        let list = JSONValue.object([
            .init("schemaVersion", 2), .init("mediaType", .string(Self.listType)),
            .init("manifests", .array(manifests)),
        ])
        return JSONWriter.bytes(list, indent: "   ")
    }

    /// Reference, descriptor, raw bytes and content; of an index each manifest's, all fetched.
    func verbose(_ fetched: FetchedManifest) async throws -> [UInt8] {
        guard let index = try index(fetched) else {
            let manifest = try Manifest(parsing: fetched.document.bytes, contentType: fetched.contentType)
            let value = try report(fetched, manifest, reference, try await configPlatform(manifest))
            return JSONWriter.bytes(value, indent: "\t")
        }
        var values: [JSONValue] = []
        for descriptor in index.manifests {
            let child = try await registry.manifest(descriptor, in: reference.repository)
            let manifest = try Manifest(parsing: child.document.bytes, contentType: child.contentType)
            let name = reference.withDigest(ReferenceDigest(descriptor.digest))
            values.append(try report(child, manifest, name, platform(descriptor.platform)))
        }
        return JSONWriter.bytes(.array(values), indent: "\t")
    }

    /// Nil for what is no index.
    private func index(_ fetched: FetchedManifest) throws -> ImageIndex? {
        do throws(ManifestError) {
            return try ImageIndex(parsing: fetched.document.bytes, contentType: fetched.contentType)
        } catch .unsupportedMediaType {
            return nil
        }
    }

    private func report(
        _ fetched: FetchedManifest, _ manifest: Manifest, _ name: Reference, _ platform: JSONValue
    ) throws -> JSONValue {
        let bytes = fetched.document.bytes
        let isOCI = manifest.mediaType == .ociManifest
        return .object([
            .init("Ref", .string(name.canonical)),
            .init(
                "Descriptor",
                .object([
                    .init("mediaType", .string(manifest.mediaType.rawValue)),
                    .init("digest", .string(fetched.document.digest.description)),
                    .init("size", .integer(bytes.count)), .init("platform", platform),
                ])),
            .init("Raw", .string(Data(bytes).base64EncodedString())),
            .init(isOCI ? "OCIManifest" : "SchemaV2Manifest", try JSONParser.parse(bytes)),
        ])
    }

    private func configPlatform(_ manifest: Manifest) async throws -> JSONValue {
        let config = try await registry.config(manifest.config, in: reference.repository)
        let value = try JSONParser.parse(config.bytes)
        func text(_ name: String) -> String? {
            guard case .string(let text) = value[name] else { return nil }
            return text
        }
        return platform(
            Platform(
                os: text("os") ?? "", architecture: text("architecture") ?? "", variant: text("variant"),
                osVersion: text("os.version")))
    }

    private func platform(_ platform: Platform?) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("architecture", .string(platform?.architecture ?? "")), .init("os", .string(platform?.os ?? "")),
        ]
        if let version = platform?.osVersion, !version.isEmpty { members.append(.init("os.version", .string(version))) }
        if let features = platform?.osFeatures, !features.isEmpty {
            members.append(.init("os.features", .array(features.map(JSONValue.string))))
        }
        if let variant = platform?.variant, !variant.isEmpty { members.append(.init("variant", .string(variant))) }
        return .object(members)
    }
}
