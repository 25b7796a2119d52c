// SPDX-License-Identifier: Apache-2.0

/// The name of a reference without tag and digest: a registry's host and a path on it.
public struct Repository: Hashable, Sendable {
    /// The longest path in bytes; the domain isn't counted.
    public static let maximumPathLength = 255
    /// The domain of names that give none.
    public static let defaultDomain = "docker.io"
    static let legacyDefaultDomain = "index.docker.io"
    static let officialPrefix = "library/"

    /// `docker.io`, `localhost:5000`; empty only for a name that was read without normalising it.
    public let domain: String
    /// `library/ubuntu`
    public let path: String

    init(domain: String, path: String) throws(ReferenceError) {
        guard path.utf8.count <= Self.maximumPathLength else { throw .nameTooLong }
        self.domain = domain
        self.path = path
    }

    /// Reads a name (`[domain/]path`) as it stands, without normalising it.
    public init(parsing name: String) throws(ReferenceError) {
        guard let split = ReferenceScanner.splitName(name.utf8[...]) else { throw .invalidFormat }
        try self.init(domain: split.domain, path: split.path)
    }

    /// The full name: `docker.io/library/ubuntu`.
    public var canonical: String {
        domain.isEmpty ? path : domain + "/" + path
    }

    /// The name as docker shows it: `ubuntu`, `user/app`, `localhost:5000/app`.
    ///
    /// `library/` goes only when no further `/` follows: `docker.io/library/a/b` stays `library/a/b`.
    public var familiar: String {
        guard domain == Self.defaultDomain else { return canonical }
        guard path.hasPrefix(Self.officialPrefix) else { return path }
        let remainder = path.dropFirst(Self.officialPrefix.count)
        return remainder.utf8.contains(UInt8(ascii: "/")) ? path : String(remainder)
    }
}

extension Repository: CustomStringConvertible {
    public var description: String { canonical }
}
