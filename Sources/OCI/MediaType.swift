// SPDX-License-Identifier: Apache-2.0

/// The media type of a document or blob (OCI image spec, media-types.md; docker's schema 2 names).
public struct MediaType: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public static let dockerManifest = MediaType("application/vnd.docker.distribution.manifest.v2+json")
    public static let dockerManifestList = MediaType("application/vnd.docker.distribution.manifest.list.v2+json")
    public static let ociManifest = MediaType("application/vnd.oci.image.manifest.v1+json")
    public static let ociIndex = MediaType("application/vnd.oci.image.index.v1+json")
    public static let schema1 = MediaType("application/vnd.docker.distribution.manifest.v1+json")
    public static let schema1Signed = MediaType("application/vnd.docker.distribution.manifest.v1+prettyjws")

    public static let dockerConfig = MediaType("application/vnd.docker.container.image.v1+json")
    public static let dockerPluginConfig = MediaType("application/vnd.docker.plugin.v1+json")
    public static let ociConfig = MediaType("application/vnd.oci.image.config.v1+json")
    public static let ociEmpty = MediaType("application/vnd.oci.empty.v1+json")

    public static let dockerLayer = MediaType("application/vnd.docker.image.rootfs.diff.tar")
    public static let dockerLayerGzip = MediaType("application/vnd.docker.image.rootfs.diff.tar.gzip")
    public static let dockerLayerZstd = MediaType("application/vnd.docker.image.rootfs.diff.tar.zstd")
    public static let dockerLayerForeign = MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar")
    public static let dockerLayerForeignGzip = MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip")
    public static let ociLayer = MediaType("application/vnd.oci.image.layer.v1.tar")
    public static let ociLayerGzip = MediaType("application/vnd.oci.image.layer.v1.tar+gzip")
    public static let ociLayerZstd = MediaType("application/vnd.oci.image.layer.v1.tar+zstd")
    public static let ociLayerForeign = MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar")
    public static let ociLayerForeignGzip = MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip")
    public static let ociLayerForeignZstd = MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar+zstd")

    public static let json = MediaType("application/json")
    public static let octetStream = MediaType("application/octet-stream")

    private init(_ rawValue: StaticString) {
        self.rawValue = rawValue.description
    }

    /// The media type of an HTTP `Content-Type`: parameters cut off, lower case (RFC 9110, 8.3.1).
    public init(contentType: String) {
        let essence = contentType.utf8.prefix { $0 != UInt8(ascii: ";") }
        let words = essence.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        rawValue = words.first.map { String(Substring($0)).lowercased() } ?? ""
    }

    /// An image manifest, of OCI or docker's schema 2.
    public var isManifest: Bool {
        self == .dockerManifest || self == .ociManifest
    }

    /// A list of manifests, of OCI or docker.
    public var isIndex: Bool {
        self == .dockerManifestList || self == .ociIndex
    }

    /// docker's retired schema 1, signed or not.
    public var isSchema1: Bool {
        self == .schema1 || self == .schema1Signed
    }

    /// A layer that a registry may refuse to hold; its bytes come from the descriptor's `urls`.
    public var isForeignLayer: Bool {
        rawValue.contains(".foreign.") || rawValue.contains(".nondistributable.")
    }

    /// How the layer is said to be compressed; nil for what is no layer. The bytes decide in the end.
    public var layerCompression: LayerCompression? {
        guard rawValue.contains(".tar"), rawValue.contains(".rootfs.") || rawValue.contains(".layer.") else {
            return nil
        }
        if rawValue.hasSuffix("gzip") { return .gzip }
        return rawValue.hasSuffix("zstd") ? .zstd : LayerCompression.none
    }

    /// Whether the text has the form `type/subtype` of RFC 6838, 4.2, with at most 127 characters each.
    public var isWellFormed: Bool {
        let parts = rawValue.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy(Self.isRestrictedName)
    }

    private static func isRestrictedName(_ name: Substring.UTF8View) -> Bool {
        guard let first = name.first, ASCII.isAlphanumeric(first), name.count <= 127 else { return false }
        return name.allSatisfy { ASCII.isAlphanumeric($0) || restrictedPunctuation.contains($0) }
    }

    private static let restrictedPunctuation = Array("!#$&^_.+-".utf8)
}

extension MediaType: CustomStringConvertible {
    public var description: String { rawValue }
}

extension MediaType: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(rawValue: String(from: decoder))
    }

    public func encode(to encoder: any Encoder) throws {
        try rawValue.encode(to: encoder)
    }
}
