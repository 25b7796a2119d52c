// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import DockerFormat
import OCI

/// Makes the manifest of an image that has none to keep: docker's schema 2 in docker's layout, so that the same image
/// has the same digest wherever it is made. Only layers that schema 2 can't name take OCI's media types.
enum ManifestBuilder {
    static func manifest(config: Descriptor, layers: [Descriptor]) -> RawDocument {
        let isOCI = layers.contains { $0.mediaType.rawValue.hasPrefix("application/vnd.oci.") }
        let mediaType: MediaType = isOCI ? .ociManifest : .dockerManifest
        let bytes = JSONWriter.bytes(
            [
                "schemaVersion": 2,
                "mediaType": .string(mediaType.rawValue),
                "config": entry(config, isOCI ? .ociConfig : .dockerConfig),
                "layers": .array(layers.map { entry($0, $0.mediaType) }),
            ], indent: "   ")
        return RawDocument(bytes: bytes, mediaType: mediaType, digest: SHA256Hasher.digest(of: bytes))
    }

    private static func entry(_ descriptor: Descriptor, _ mediaType: MediaType) -> JSONValue {
        [
            "mediaType": .string(mediaType.rawValue), "size": .integer(descriptor.size),
            "digest": .string(descriptor.digest.description),
        ]
    }
}
