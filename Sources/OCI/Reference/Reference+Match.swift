// SPDX-License-Identifier: Apache-2.0

extension Reference {
    /// Whether `pattern` matches the familiar form, with tag or digest or the name alone, as `reference=` filters do.
    public func matches(_ pattern: GlobPattern) -> Bool {
        pattern.matches(familiar) || pattern.matches(familiarName)
    }

    /// Whether `pattern` matches the familiar form.
    public func matches(pattern: String) throws(GlobPatternError) -> Bool {
        matches(try GlobPattern(pattern))
    }
}

extension AnyReference {
    /// Whether `pattern` matches the familiar form.
    public func matches(pattern: String) throws(GlobPatternError) -> Bool {
        switch self {
        case .digest(let digest): try GlobPattern(pattern).matches(digest.description)
        case .named(let reference): try reference.matches(pattern: pattern)
        }
    }
}
