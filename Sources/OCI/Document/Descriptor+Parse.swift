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
        if let key = fields.object.ambiguousKey(of: ["mediaType", "digest", "size", "urls", "platform", "data"]) {
            throw JSONFields.Failure(path: fields.path(key), reason: "given more than once")
        }
        mediaType = try Self.mediaType(fields, rule)
        digest = try Self.digest(fields)
        size = try Self.size(fields)
        urls = try fields.strings("urls")
        annotations = try fields.stringMap("annotations")
        platform = try fields.fields("platform").map { fields throws(JSONFields.Failure) in try Platform(fields) }
        artifactType = try fields.string("artifactType")
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
