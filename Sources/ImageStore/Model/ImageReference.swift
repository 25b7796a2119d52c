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
    public var repository: String {
        var text = canonical
        return text.withUTF8 { String(decoding: $0[..<cut($0)], as: UTF8.self) }
    }

    public var tag: String? { isDigest ? nil : suffix }

    public var digest: Digest? { isDigest ? try? Digest(parsing: suffix) : nil }

    /// `alpine:3`.
    public var familiar: String {
        let (repository, suffix) = familiarParts
        return suffix.isEmpty ? repository : repository + (isDigest ? "@" : ":") + suffix
    }

    /// `alpine`.
    public var familiarRepository: String { familiarParts.repository }

    /// `alpine` and `3`, or the digest.
    public var familiarParts: (repository: String, suffix: String) {
        var text = canonical
        // Over bytes: this is most of what a listing of thousands of images does.
        return text.withUTF8 { bytes in
            let end = cut(bytes)
            let name = UnsafeBufferPointer(rebasing: bytes[..<end])
            return (
                String(decoding: name[Self.familiarStart(name)...], as: UTF8.self),
                String(decoding: bytes[min(end + 1, bytes.count)...], as: UTF8.self)
            )
        }
    }

    /// The parsed form.
    public var reference: Reference {
        get throws(ReferenceError) { try Reference(canonical: canonical) }
    }

    public var description: String { canonical }

    public static func < (left: ImageReference, right: ImageReference) -> Bool { left.canonical < right.canonical }

    private var suffix: String { familiarParts.suffix }

    /// The last `:` of a tag, the `@` of a digest; names hold neither after the port of the registry.
    private func cut(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let separator = isDigest ? UInt8(ascii: "@") : UInt8(ascii: ":")
        return (isDigest ? bytes.firstIndex(of: separator) : bytes.lastIndex(of: separator)) ?? bytes.count
    }

    /// Where the familiar form of a repository begins: `docker.io/` goes, `library/` only when nothing but one path
    /// component follows.
    private static func familiarStart(_ repository: UnsafeBufferPointer<UInt8>) -> Int {
        guard repository.starts(with: hub) else { return 0 }
        let isOfficial = repository.starts(with: library) && !repository[library.count...].contains(UInt8(ascii: "/"))
        return isOfficial ? library.count : hub.count
    }

    private static let hub = Array("docker.io/".utf8)
    private static let library = Array("docker.io/library/".utf8)
}
