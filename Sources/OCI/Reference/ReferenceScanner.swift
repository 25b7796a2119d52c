// SPDX-License-Identifier: Apache-2.0

/// The grammar of references (distribution/reference, reference.go), scanned by hand over UTF-8.
///
/// A `/` can only stand in the name, and neither `:` nor `@` can stand in a path, so one pass finds the only reading.
public enum ReferenceScanner {
    /// A piece of the text that is scanned.
    public typealias Bytes = Substring.UTF8View

    /// The parts of a reference: `name[:tag][@digest]`.
    struct Parts {
        var domain: String
        var path: String
        var tag: String?
        var digest: String?
    }

    /// The longest tag in characters.
    private static let maximumTagLength = 128
    /// The fewest hex characters that the grammar takes for a digest.
    private static let minimumDigestLength = 32

    static func scan(_ text: Bytes) -> Parts? {
        let nameEnd = endOfName(text)
        guard let name = splitName(text[..<nameEnd]) else { return nil }
        var parts = Parts(domain: name.domain, path: name.path)
        var rest = text[nameEnd...]
        if rest.first == UInt8(ascii: ":") {
            let tag = rest.dropFirst().prefix { $0 != UInt8(ascii: "@") }
            guard isTag(tag) else { return nil }
            parts.tag = String(Substring(tag))
            rest = rest[tag.endIndex...]
        }
        if rest.first == UInt8(ascii: "@") {
            let digest = rest.dropFirst()
            guard isDigest(digest) else { return nil }
            parts.digest = String(Substring(digest))
            rest = rest[digest.endIndex...]
        }
        return rest.isEmpty ? parts : nil
    }

    /// The domain (empty if there is none) and path of a name as it stands; nil if it is no name.
    public static func split(name: String) -> (domain: String, path: String)? {
        splitName(name.utf8[...])
    }

    /// The name, tag and digest of a reference as it stands; nil if it is none. The digest's algorithm isn't looked at.
    public static func split(reference: String) -> (name: String, tag: String?, digest: String?)? {
        guard let parts = scan(reference.utf8[...]) else { return nil }
        let name = parts.domain.isEmpty ? parts.path : parts.domain + "/" + parts.path
        return (name, parts.tag, parts.digest)
    }

    /// `[domain/]path`. What stands before the first `/` is a domain when it can be one.
    static func splitName(_ name: Bytes) -> (domain: String, path: String)? {
        if let slash = name.firstIndex(of: UInt8(ascii: "/")), isDomain(name[..<slash]) {
            let path = name[name.index(after: slash)...]
            return isPath(path) ? (String(Substring(name[..<slash])), String(Substring(path))) : nil
        }
        return isPath(name) ? ("", String(Substring(name))) : nil
    }

    /// `host[:port]`: the host is dotted labels or an IPv6 address in brackets (no zone).
    public static func isDomain(_ text: Bytes) -> Bool {
        guard let port = endOfHost(text) else { return false }
        if port == text.endIndex { return true }
        let digits = text[port...].dropFirst()
        return text[port] == UInt8(ascii: ":") && !digits.isEmpty && digits.allSatisfy(ASCII.isDigit)
    }

    /// Components of a path, with `/` between them.
    public static func isPath(_ text: Bytes) -> Bool {
        text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy(isPathComponent)
    }

    /// `[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}`
    public static func isTag(_ text: Bytes) -> Bool {
        guard let first = text.first, ASCII.isAlphanumeric(first) || first == UInt8(ascii: "_") else { return false }
        return text.count <= maximumTagLength
            && text.allSatisfy { ASCII.isAlphanumeric($0) || "_.-".utf8.contains($0) }
    }

    /// `algorithm([-_+.]algorithm)*:hex{32,}`, where an algorithm starts with a letter.
    public static func isDigest(_ text: Bytes) -> Bool {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let hex = text[colon...].dropFirst()
        guard hex.count >= minimumDigestLength, hex.allSatisfy(ASCII.isHexDigit) else { return false }
        let algorithms = text[..<colon].split(omittingEmptySubsequences: false) { "-_+.".utf8.contains($0) }
        return algorithms.allSatisfy { algorithm in
            guard let first = algorithm.first, ASCII.isLetter(first) else { return false }
            return algorithm.allSatisfy(ASCII.isAlphanumeric)
        }
    }

    /// Exactly 64 lower-case hex characters: an ID, and so never a name.
    public static func isIdentifier(_ text: Bytes) -> Bool {
        text.count == 64 && text.allSatisfy(Hex.isLowercaseDigit)
    }

    /// Where the name ends: at the first `:` or `@` after what may be a domain.
    private static func endOfName(_ text: Bytes) -> Bytes.Index {
        let slash = text.firstIndex(of: UInt8(ascii: "/")) ?? text.startIndex
        return text[slash...].firstIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "@") } ?? text.endIndex
    }

    private static func endOfHost(_ text: Bytes) -> Bytes.Index? {
        if text.first == UInt8(ascii: "[") {
            guard let bracket = text.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            let address = text[..<bracket].dropFirst()
            guard !address.isEmpty, address.allSatisfy({ ASCII.isHexDigit($0) || $0 == UInt8(ascii: ":") }) else {
                return nil
            }
            return text.index(after: bracket)
        }
        let end = text.firstIndex(of: UInt8(ascii: ":")) ?? text.endIndex
        let labels = text[..<end].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.allSatisfy(isDomainLabel) ? end : nil
    }

    private static func isDomainLabel(_ label: Bytes) -> Bool {
        guard let first = label.first, let last = label.last else { return false }
        return ASCII.isAlphanumeric(first) && ASCII.isAlphanumeric(last)
            && label.allSatisfy { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    /// Runs of `[a-z0-9]` with one `.`, one or two `_`, or any number of `-` between them.
    private static func isPathComponent(_ component: Bytes) -> Bool {
        guard let first = component.first, ASCII.isLowerAlphanumeric(first) else { return false }
        var rest = component
        while true {
            rest = rest.drop(while: ASCII.isLowerAlphanumeric)
            guard let separator = rest.first else { return true }
            let run = rest.prefix { $0 == separator }
            switch separator {
            case UInt8(ascii: "."): guard run.count == 1 else { return false }
            case UInt8(ascii: "_"): guard run.count <= 2 else { return false }
            case UInt8(ascii: "-"): break
            default: return false
            }
            rest = rest[run.endIndex...]
            guard let next = rest.first, ASCII.isLowerAlphanumeric(next) else { return false }
        }
    }
}
