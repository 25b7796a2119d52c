// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// Why a manifest or index is refused. Where docker has a text, it is docker's.
public enum ManifestError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not JSON; with the reason.
    case malformed(String)
    /// A field that is missing or wrong: `layers[2].size`, and why.
    case invalidField(path: String, reason: String)
    /// Larger than `ManifestLimits.maximumDocumentSize`; with the size in bytes.
    case tooLarge(Int)
    /// More layers or entries than `ManifestLimits` allows.
    case tooMany(field: String, count: Int, limit: Int)
    /// Fields of two kinds of document at once: one registry could be made to read another image than the next.
    case ambiguous(first: String, second: String)
    /// The document says it is something else than the registry or its descriptor does.
    case mediaTypeMismatch(body: MediaType, declared: MediaType)
    /// Nothing tells what the document is.
    case missingMediaType
    /// docker's retired manifests.
    case schema1
    case unsupportedMediaType(MediaType)
    /// The image is an engine plugin.
    case plugin(MediaType)
    /// The image is an AI model.
    case model

    public var description: String {
        switch self {
        case .malformed(let reason): "invalid manifest: \(reason)"
        case .invalidField(let path, let reason):
            path.isEmpty ? "invalid manifest: \(reason)" : "invalid manifest: \(path): \(reason)"
        case .tooLarge(let size):
            "invalid manifest: \(size) bytes, more than the \(ManifestLimits.maximumDocumentSize) allowed"
        case .tooMany(let field, let count, let limit):
            "invalid manifest: \(field) has \(count) entries, more than the \(limit) allowed"
        case .ambiguous(let first, let second):
            "invalid manifest: has both \(first) and \(second), so it could be read in two ways"
        case .mediaTypeMismatch(let body, let declared):
            "invalid manifest: it says it is \(body), but was served as \(declared)"
        case .missingMediaType: "invalid manifest: no media type"
        case .schema1: text(reference: "this image")
        case .unsupportedMediaType(let mediaType): "unsupported media type \(mediaType)"
        case .plugin(let mediaType):
            "Encountered remote \(GoQuote.quoted(mediaType.rawValue))(plugin) when fetching"
        case .model:
            #"AI models are not yet supported by the Engine, please use "docker model pull/run" instead"#
        }
    }

    /// The text for a pull of `reference`, which the one for schema 1 names.
    public func text(reference: String) -> String {
        guard self == .schema1 else { return description }
        return "Docker Image Format v1 and Docker Image manifest version 2, schema 1 support has been removed. "
            + "Suggest the author of \(reference) to upgrade the image to the OCI Format or Docker Image manifest v2, "
            + "schema 2. More information at https://docs.docker.com/go/deprecated-image-specs/"
    }

    static func wrap<Result>(
        _ body: () throws(JSONFields.Failure) -> Result
    ) throws(ManifestError) -> Result {
        do {
            return try body()
        } catch {
            throw .invalidField(path: error.path, reason: error.reason)
        }
    }
}

extension JSONFields {
    /// Reads a document whose text is bounded.
    static func document(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
        guard bytes.count <= ManifestLimits.maximumDocumentSize else {
            throw Failure(path: "", reason: "\(bytes.count) bytes, more than \(ManifestLimits.maximumDocumentSize)")
        }
        do {
            return try JSONParser.parse(bytes)
        } catch {
            throw Failure(path: "", reason: error.description)
        }
    }
}
