// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// The fields of a manifest or index once its kind is sure; both parse through here.
struct DocumentFields {
    /// What tells the kinds of document apart.
    private static let decisiveKeys = [
        "schemaVersion", "mediaType", "config", "layers", "manifests", "fsLayers", "subject", "artifactType",
    ]

    let fields: JSONFields
    let mediaType: MediaType
    let schemaVersion: Int

    /// Reads `bytes`, and makes sure that they can only be read as what they are served as.
    ///
    /// Go's decoder folds the case of keys and takes the last of equal ones, others the first: a document where that
    /// matters is refused (compare CVE-2021-41190).
    init(parsing bytes: [UInt8], declared: MediaType?) throws(ManifestError) {
        guard bytes.count <= ManifestLimits.maximumDocumentSize else { throw .tooLarge(bytes.count) }
        if let declared, declared.isSchema1 { throw .schema1 }
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw .malformed(error.description)
        }
        let fields = try ManifestError.wrap { () throws(JSONFields.Failure) in try JSONFields(value, path: "") }
        if let key = fields.ambiguousKey(of: Self.decisiveKeys) {
            throw .invalidField(path: key, reason: "given more than once")
        }
        self.fields = fields
        (schemaVersion, mediaType) = try Self.identify(fields, declared: declared)
        try refusePolyglots()
    }

    private static func identify(
        _ fields: JSONFields, declared: MediaType?
    ) throws(ManifestError) -> (Int, MediaType) {
        let (version, body) = try ManifestError.wrap { () throws(JSONFields.Failure) in
            (try fields.integer("schemaVersion"), try fields.string("mediaType"))
        }
        if version == 1 { throw .schema1 }
        let bodyType = body.flatMap { $0.isEmpty ? nil : MediaType(rawValue: $0) }
        let declaredType = declared.flatMap { $0.rawValue.isEmpty || $0.isGeneric ? nil : $0 }
        if let bodyType, bodyType.isSchema1 { throw .schema1 }
        if let bodyType, let declaredType, bodyType != declaredType {
            throw .mediaTypeMismatch(body: bodyType, declared: declaredType)
        }
        guard version == nil || version == 2 else {
            throw .invalidField(path: "schemaVersion", reason: "not 2")
        }
        guard let mediaType = bodyType ?? declaredType ?? impliedType(fields) else { throw .missingMediaType }
        return (2, mediaType)
    }

    /// OCI documents needn't name their type; what they hold tells it.
    private static func impliedType(_ fields: JSONFields) -> MediaType? {
        if fields.member("manifests") != nil { return .ociIndex }
        return fields.member("layers") != nil || fields.member("config") != nil ? .ociManifest : nil
    }

    private func refusePolyglots() throws(ManifestError) {
        if fields.member("fsLayers") != nil {
            for key in ["layers", "manifests", "config"] where fields.member(key) != nil {
                throw .ambiguous(first: key, second: "fsLayers")
            }
            throw .schema1
        }
        if fields.member("manifests") != nil {
            for key in ["layers", "config"] where fields.member(key) != nil {
                throw .ambiguous(first: "manifests", second: key)
            }
        }
    }

    func descriptors(
        _ key: String, _ rule: Descriptor.MediaTypeRule, limit: Int
    ) throws(ManifestError) -> [Descriptor] {
        let elements = try ManifestError.wrap { () throws(JSONFields.Failure) in try fields.array(key) ?? [] }
        guard elements.count <= limit else { throw .tooMany(field: key, count: elements.count, limit: limit) }
        return try ManifestError.wrap { () throws(JSONFields.Failure) in
            var result: [Descriptor] = []
            for element in elements {
                result.append(try Descriptor(try JSONFields(element.value, path: element.path), rule))
            }
            return result
        }
    }

    func descriptor(_ key: String, _ rule: Descriptor.MediaTypeRule) throws(ManifestError) -> Descriptor? {
        try ManifestError.wrap { () throws(JSONFields.Failure) in
            guard let fields = try fields.fields(key) else { return nil }
            return try Descriptor(fields, rule)
        }
    }

    func annotations() throws(ManifestError) -> [String: String]? {
        try ManifestError.wrap { () throws(JSONFields.Failure) in try fields.stringMap("annotations") }
    }

    func artifactType() throws(ManifestError) -> String? {
        try ManifestError.wrap { () throws(JSONFields.Failure) in try Descriptor.artifactType(fields) }
    }
}

extension MediaType {
    /// What plain web servers say of every document; it tells nothing.
    var isGeneric: Bool {
        self == .json || self == .octetStream || rawValue == "text/plain" || rawValue == "text/html"
    }
}
