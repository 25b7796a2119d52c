// SPDX-License-Identifier: Apache-2.0

/// An error code of the distribution API (distribution spec, "Error Codes", and what docker's registry adds).
public struct APIErrorCode: Hashable, Sendable, CustomStringConvertible {
    /// As on the wire: `MANIFEST_UNKNOWN`.
    public let rawValue: String
    /// The text that comes with the code when a registry has nothing of its own to say.
    public let defaultMessage: String

    public static let unknown = APIErrorCode("UNKNOWN", "unknown error")
    public static let unsupported = APIErrorCode("UNSUPPORTED", "The operation is unsupported.")
    public static let unauthorized = APIErrorCode("UNAUTHORIZED", "authentication required")
    public static let denied = APIErrorCode("DENIED", "requested access to the resource is denied")
    public static let unavailable = APIErrorCode("UNAVAILABLE", "service unavailable")
    public static let tooManyRequests = APIErrorCode("TOOMANYREQUESTS", "too many requests")
    public static let nameUnknown = APIErrorCode("NAME_UNKNOWN", "repository name not known to registry")
    public static let manifestUnknown = APIErrorCode("MANIFEST_UNKNOWN", "manifest unknown")
    public static let blobUnknown = APIErrorCode("BLOB_UNKNOWN", "blob unknown to registry")
    public static let digestInvalid = APIErrorCode(
        "DIGEST_INVALID", "provided digest did not match uploaded content")
    public static let blobUploadUnknown = APIErrorCode("BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry")
    public static let paginationNumberInvalid = APIErrorCode(
        "PAGINATION_NUMBER_INVALID", "invalid number of results requested")

    private static let known: [APIErrorCode] = [
        .unknown, .unsupported, .unauthorized, .denied, .unavailable, .tooManyRequests, .nameUnknown,
        .manifestUnknown, .blobUnknown, .digestInvalid, .blobUploadUnknown, .paginationNumberInvalid,
        APIErrorCode("SIZE_INVALID", "provided length did not match content length"),
        APIErrorCode("NAME_INVALID", "invalid repository name"),
        APIErrorCode("TAG_INVALID", "manifest tag did not match URI"),
        APIErrorCode("MANIFEST_INVALID", "manifest invalid"),
        APIErrorCode("MANIFEST_UNVERIFIED", "manifest failed signature verification"),
        APIErrorCode("MANIFEST_BLOB_UNKNOWN", "blob unknown to registry"),
        APIErrorCode("BLOB_UPLOAD_INVALID", "blob upload invalid"),
        APIErrorCode("RANGE_INVALID", "invalid content range"),
    ]

    private init(_ rawValue: String, _ defaultMessage: String) {
        self.rawValue = rawValue
        self.defaultMessage = defaultMessage
    }

    /// Codes that nobody defined read as `unknown`, as in docker.
    init(wire: String) {
        self = Self.known.first { $0.rawValue == wire } ?? .unknown
    }

    /// As docker prints it: `manifest unknown`.
    public var description: String {
        String(decoding: rawValue.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
            .lowercased()
    }
}
