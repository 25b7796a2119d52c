// SPDX-License-Identifier: Apache-2.0

/// What an image argument can be: an ID written in full, or a name.
public enum AnyReference: Hashable, Sendable {
    case digest(ReferenceDigest)
    case named(Reference)

    /// 64 hex characters and a bare digest are IDs; all else is normalised as a name.
    public init(parsing text: String) throws(ReferenceError) {
        if ReferenceScanner.isIdentifier(text.utf8[...]), let digest = try? Digest(hex: text) {
            self = .digest(ReferenceDigest(digest))
        } else if let digest = try? ReferenceDigest(parsing: text) {
            self = .digest(digest)
        } else {
            self = .named(try Reference(normalizing: text))
        }
    }

    /// The reference in full.
    public var canonical: String {
        switch self {
        case .digest(let digest): digest.description
        case .named(let reference): reference.canonical
        }
    }

    /// The reference as docker shows it.
    public var familiar: String {
        switch self {
        case .digest(let digest): digest.description
        case .named(let reference): reference.familiar
        }
    }
}

extension AnyReference: CustomStringConvertible {
    public var description: String { canonical }
}
