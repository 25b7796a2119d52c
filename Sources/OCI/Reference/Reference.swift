// SPDX-License-Identifier: Apache-2.0

/// A named reference: a repository with an optional tag and digest (docker-compatible grammar, distribution/reference).
public struct Reference: Hashable, Sendable {
    /// The tag of a reference that names neither tag nor digest.
    public static let defaultTag = "latest"

    public let repository: Repository
    public let tag: String?
    public let digest: ReferenceDigest?

    /// A reference to a repository alone.
    public init(_ repository: Repository) {
        self.init(repository: repository, tag: nil, digest: nil)
    }

    init(repository: Repository, tag: String?, digest: ReferenceDigest?) {
        self.repository = repository
        self.tag = tag
        self.digest = digest
    }

    /// Reads a reference as it stands, without normalising it: the domain of `ubuntu` is empty.
    public init(parsing text: String) throws(ReferenceError) {
        guard let parts = ReferenceScanner.scan(text.utf8[...]) else {
            throw Self.reasonOfMismatch(text)
        }
        repository = try Repository(domain: parts.domain, path: parts.path)
        tag = parts.tag
        guard let digestText = parts.digest else {
            digest = nil
            return
        }
        do {
            digest = try ReferenceDigest(parsing: digestText)
        } catch {
            throw .digest(error)
        }
    }

    public var domain: String { repository.domain }
    public var path: String { repository.path }

    /// The whole reference: `docker.io/library/ubuntu:22.04`.
    public var canonical: String {
        repository.canonical + suffix
    }

    /// The reference as docker shows it: `ubuntu:22.04`.
    public var familiar: String {
        repository.familiar + suffix
    }

    /// The name alone, as docker shows it: `ubuntu`.
    public var familiarName: String {
        repository.familiar
    }

    /// Whether neither a tag nor a digest is given.
    public var isNameOnly: Bool {
        tag == nil && digest == nil
    }

    /// The reference with the tag `latest` when it is a name only.
    public func withDefaultTag() -> Reference {
        isNameOnly ? Reference(repository: repository, tag: Self.defaultTag, digest: nil) : self
    }

    /// The reference with another tag; its digest stays.
    public func withTag(_ tag: String) throws(ReferenceError) -> Reference {
        guard ReferenceScanner.isTag(tag.utf8[...]) else { throw .invalidTag }
        return Reference(repository: repository, tag: tag, digest: digest)
    }

    /// The reference with another digest; its tag stays.
    public func withDigest(_ digest: ReferenceDigest) -> Reference {
        Reference(repository: repository, tag: tag, digest: digest)
    }

    /// What docker stores and looks up: where both are given, the digest wins and the tag goes.
    public var withoutIgnoredTag: Reference {
        digest == nil ? self : Reference(repository: repository, tag: nil, digest: digest)
    }

    private var suffix: String {
        (tag.map { ":" + $0 } ?? "") + (digest.map { "@" + $0.description } ?? "")
    }

    private static func reasonOfMismatch(_ text: String) -> ReferenceError {
        if text.isEmpty { return .nameEmpty }
        let isLowercaseValid = ReferenceScanner.scan(GoLowercase.lowercased(text).utf8[...]) != nil
        return isLowercaseValid ? .nameContainsUppercase : .invalidFormat
    }
}

extension Reference: CustomStringConvertible {
    public var description: String { canonical }
}
