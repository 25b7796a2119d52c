// SPDX-License-Identifier: Apache-2.0

public import OCI

/// A name of an image in the catalog: a repository with a tag, or with a digest. A listing makes thousands of these,
/// so it is one string, cut when asked.
public struct ImageReference: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// `docker.io/library/alpine:3`, `docker.io/library/alpine@sha256:…`.
    public let canonical: String
    public let isDigest: Bool

    /// Where both are given the digest wins and the tag goes, as in docker's reference store; a name alone gets the tag
    /// `latest`. Throws for digests that the store cannot hold (only SHA-256 names content here).
    public init(_ reference: Reference) throws(StoreError) {
        if let digest = reference.digest, digest.sha256 == nil {
            throw .unsupportedDigest(digest.description)
        }
        canonical = reference.withoutIgnoredTag.withDefaultTag().canonical
        isDigest = reference.digest != nil
    }

    public init(repository: Repository, digest: Digest) {
        canonical = "\(repository.canonical)@\(digest)"
        isDigest = true
    }

    /// A canonical name of the catalog; only a digest has an `@`.
    init(stored canonical: String) {
        self.canonical = canonical
        // "@sha256:" and 64 digits
        isDigest = canonical.utf8.suffix(72).first == UInt8(ascii: "@")
    }

    /// `docker.io/library/alpine`.
    public var repository: String { String(canonical[..<cut]) }

    public var tag: String? { isDigest ? nil : suffix }

    public var digest: Digest? { isDigest ? try? Digest(parsing: suffix) : nil }

    /// `alpine:3`.
    public var familiar: String { Self.familiar(canonical, repository: canonical[..<cut]) }

    /// `alpine`.
    public var familiarRepository: String {
        let repository = canonical[..<cut]
        return Self.familiar(repository, repository: repository)
    }

    /// The parsed form.
    public var reference: Reference {
        get throws(ReferenceError) { try Reference(canonical: canonical) }
    }

    public var description: String { canonical }

    public static func < (left: ImageReference, right: ImageReference) -> Bool { left.canonical < right.canonical }

    private var suffix: String { String(canonical[canonical.utf8.index(after: cut)...]) }

    /// The last `:` of a tag, the `@` of a digest; names hold neither after the port of the registry.
    private var cut: String.Index {
        let utf8 = canonical.utf8
        let separator = isDigest ? UInt8(ascii: "@") : UInt8(ascii: ":")
        return (isDigest ? utf8.firstIndex(of: separator) : utf8.lastIndex(of: separator)) ?? utf8.endIndex
    }

    /// `docker.io/` goes, `library/` only when nothing but one path component follows.
    private static func familiar(_ text: some StringProtocol, repository: Substring) -> String {
        let hub = "docker.io/"
        let library = "docker.io/library/"
        guard repository.utf8.starts(with: hub.utf8) else { return String(text) }
        let isOfficial =
            repository.utf8.starts(with: library.utf8)
            && !repository.utf8.dropFirst(library.utf8.count).contains(UInt8(ascii: "/"))
        return String(decoding: text.utf8.dropFirst((isOfficial ? library : hub).utf8.count), as: UTF8.self)
    }
}
