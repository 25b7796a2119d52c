// SPDX-License-Identifier: Apache-2.0

extension Reference {
    /// Reads what a user types: `ubuntu` becomes `docker.io/library/ubuntu`. The order of checks is docker's.
    public init(normalizing text: String) throws(ReferenceError) {
        guard !ReferenceScanner.isIdentifier(text.utf8[...]) else { throw .hexadecimalName(text) }
        let (domain, remainder) = Self.splitDomain(text)
        let path = String(Substring(remainder.utf8.prefix { $0 != UInt8(ascii: ":") }))
        guard !GoLowercase.changes(path) else { throw .repositoryMustBeLowercase(path) }
        try self.init(parsing: domain + "/" + remainder)
    }

    /// Reads a reference that must be written in full already.
    public init(canonical text: String) throws(ReferenceError) {
        try self.init(normalizing: text)
        guard canonical == text else { throw .nameNotCanonical }
    }

    /// Reads what a user types as the one thing it stands for: `latest` added to a name only, a tag next to a digest
    /// dropped.
    public init(resolving text: String) throws(ReferenceError) {
        self = try Reference(normalizing: text).withoutIgnoredTag.withDefaultTag()
    }

    /// Cuts at the first `/`: what stands before it is a domain when it can't be a namespace of Docker Hub.
    private static func splitDomain(_ text: String) -> (domain: String, remainder: String) {
        guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            return (Repository.defaultDomain, Repository.officialPrefix + text)
        }
        let first = String(text[..<slash])
        var domain = Repository.defaultDomain
        var remainder = text
        if isDomain(first) {
            domain = first == Repository.legacyDefaultDomain ? Repository.defaultDomain : first
            remainder = String(text[text.utf8.index(after: slash)...])
        }
        if domain == Repository.defaultDomain, !remainder.utf8.contains(UInt8(ascii: "/")) {
            remainder = Repository.officialPrefix + remainder
        }
        return (domain, remainder)
    }

    /// An upper-case letter makes a domain too: namespaces have none.
    private static func isDomain(_ text: String) -> Bool {
        text == "localhost" || text.utf8.contains(UInt8(ascii: ".")) || text.utf8.contains(UInt8(ascii: ":"))
            || GoLowercase.changes(text)
    }
}
