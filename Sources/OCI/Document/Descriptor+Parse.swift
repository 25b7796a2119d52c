// SPDX-License-Identifier: Apache-2.0

extension Descriptor {
    /// Whether a descriptor must name its media type.
    enum MediaTypeRule {
        case required
        /// Old registries leave it out for configs and layers; docker pulls those images.
        case optional
    }

    /// Reads one descriptor document.
    public init(parsing bytes: [UInt8]) throws(ManifestError) {
        self = try ManifestError.wrap { () throws(JSONFields.Failure) in
            try Descriptor(JSONFields(try JSONFields.document(bytes), path: ""), .required)
        }
    }

    init(_ fields: JSONFields, _ rule: MediaTypeRule) throws(JSONFields.Failure) {
        if let key = fields.ambiguousKey(of: ["mediaType", "digest", "size", "urls", "platform", "data"]) {
            throw JSONFields.Failure(path: fields.path(key), reason: "given more than once")
        }
        mediaType = try Self.mediaType(fields, rule)
        digest = try Self.digest(fields)
        size = try Self.size(fields)
        urls = try Self.urls(fields)
        annotations = try fields.stringMap("annotations")
        platform = try fields.fields("platform").map { fields throws(JSONFields.Failure) in try Platform(fields) }
        artifactType = try Self.artifactType(fields)
        data = try fields.string("data")
        if let data, !Base64.isValid(data) {
            throw JSONFields.Failure(path: fields.path("data"), reason: "not base64")
        }
    }

    private static func mediaType(_ fields: JSONFields, _ rule: MediaTypeRule) throws(JSONFields.Failure) -> MediaType {
        let mediaType = MediaType(rawValue: try fields.string("mediaType") ?? "")
        if mediaType.rawValue.isEmpty, rule == .optional { return mediaType }
        guard mediaType.isWellFormed else {
            throw JSONFields.Failure(path: fields.path("mediaType"), reason: "not a media type")
        }
        return mediaType
    }

    /// Only absolute addresses: what they lack must not come from somewhere else.
    private static func urls(_ fields: JSONFields) throws(JSONFields.Failure) -> [String]? {
        guard let urls = try fields.strings("urls") else { return nil }
        guard urls.allSatisfy(isAbsoluteURI) else {
            throw JSONFields.Failure(path: fields.path("urls"), reason: "not absolute URLs")
        }
        return urls
    }

    /// `scheme:` and visible ASCII (RFC 3986, 3).
    private static func isAbsoluteURI(_ text: String) -> Bool {
        let scheme = text.utf8.prefix { ASCII.isAlphanumeric($0) || "+-.".utf8.contains($0) }
        guard let first = scheme.first, ASCII.isLetter(first) else { return false }
        let rest = text.utf8[scheme.endIndex...]
        return rest.first == UInt8(ascii: ":") && rest.count > 1 && rest.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    static func artifactType(_ fields: JSONFields) throws(JSONFields.Failure) -> String? {
        guard let type = try fields.string("artifactType"), !type.isEmpty else { return nil }
        guard MediaType(rawValue: type).isWellFormed else {
            throw JSONFields.Failure(path: fields.path("artifactType"), reason: "not a media type")
        }
        return type
    }

    private static func digest(_ fields: JSONFields) throws(JSONFields.Failure) -> Digest {
        let text = try fields.string("digest") ?? ""
        do {
            return try Digest(parsing: text)
        } catch {
            throw JSONFields.Failure(path: fields.path("digest"), reason: error.description)
        }
    }

    /// No size or a negative one would leave a download without its bound.
    private static func size(_ fields: JSONFields) throws(JSONFields.Failure) -> Int64 {
        guard let size = try fields.integer("size") else {
            throw JSONFields.Failure(path: fields.path("size"), reason: "missing")
        }
        guard size >= 0 else { throw JSONFields.Failure(path: fields.path("size"), reason: "negative") }
        return size
    }
}

extension Platform {
    init(_ fields: JSONFields) throws(JSONFields.Failure) {
        func nonEmpty(_ text: String?) -> String? { text?.isEmpty == true ? nil : text }
        self.init(
            os: try fields.string("os") ?? "",
            architecture: try fields.string("architecture") ?? "",
            variant: nonEmpty(try fields.string("variant")),
            osVersion: nonEmpty(try fields.string("os.version")),
            osFeatures: try fields.strings("os.features") ?? []
        )
    }
}
