// SPDX-License-Identifier: Apache-2.0

/// The text of `--dns-search`: a domain, or `.` for none.
enum SearchDomain {
    private static let maximumLength = 254

    /// The domain without spaces around it and without a dot at its end.
    /// - Throws: `FlagError` with docker's words.
    static func checked(_ text: String) throws(FlagError) -> String {
        let trimmed = text.trimmed()
        if trimmed == "." { return trimmed }
        let domain = trimmed.hasSuffix(".") ? trimmed.dropLast() : trimmed[...]
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        guard domain.utf8.count <= maximumLength, domain.utf8.contains(where: isLetter), labels.allSatisfy(isLabel)
        else { throw FlagError("\(text.trimmed()) is not a valid domain") }
        return String(domain)
    }

    /// Letters, digits and, but at the ends, hyphens.
    private static func isLabel(_ label: Substring) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard let first = label.utf8.first, let last = label.utf8.last else { return false }
        return first != hyphen && last != hyphen
            && label.utf8.allSatisfy {
                $0 == hyphen || isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
