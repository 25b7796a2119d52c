// SPDX-License-Identifier: Apache-2.0

/// Why a text is no reference. The texts are docker's (distribution/reference), which scripts match.
public enum ReferenceError: Error, Hashable, Sendable, CustomStringConvertible {
    case invalidFormat
    case invalidTag
    case invalidDigest
    case nameContainsUppercase
    case nameEmpty
    case nameNotCanonical
    case nameTooLong
    /// The path as normalised, up to the first `:`.
    case repositoryMustBeLowercase(String)
    /// A name that is 64 hex characters could not be told from an ID.
    case hexadecimalName(String)
    case digest(DigestError)

    public var description: String {
        switch self {
        case .invalidFormat: "invalid reference format"
        case .invalidTag: "invalid tag format"
        case .invalidDigest: "invalid digest format"
        case .nameContainsUppercase: "repository name must be lowercase"
        case .nameEmpty: "repository name must have at least one component"
        case .nameNotCanonical: "repository name must be canonical"
        case .nameTooLong: "repository name must not be more than \(Repository.maximumPathLength) characters"
        case .repositoryMustBeLowercase(let path):
            "invalid reference format: repository name (\(path)) must be lowercase"
        case .hexadecimalName(let name):
            "invalid repository name (\(name)), cannot specify 64-byte hexadecimal strings"
        case .digest(let error): error.description
        }
    }
}
