// SPDX-License-Identifier: Apache-2.0

/// The address of a mirror as `registry-mirrors` gives it; ends with `/`.
public struct MirrorURL: Sendable, Hashable {
    public let url: HTTPURL

    /// - Throws: docker's texts (registry/config.go, `ValidateMirror`).
    public init(_ text: String) throws(ConfigError) {
        guard let separator = text.firstRange(of: "://"), separator.lowerBound != text.startIndex else {
            throw ConfigError(
                "invalid mirror: no scheme specified for \"\(text)\": must use either 'https://' or 'http://'")
        }
        let scheme = text[..<separator.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else {
            throw ConfigError(
                "invalid mirror: unsupported scheme \"\(scheme)\" in \"\(text)\": must use either 'https://' or "
                    + "'http://'")
        }
        let rest = text[separator.upperBound...]
        if rest.contains("?") || rest.contains("#") {
            throw ConfigError("invalid mirror: query or fragment at end of the URI \"\(text)\"")
        }
        if let at = rest.prefix(while: { $0 != "/" }).lastIndex(of: "@") {
            let user = rest[..<at].prefix { $0 != ":" }
            throw ConfigError(
                "invalid mirror: username/password not allowed in URI "
                    + "\"\(scheme)://\(user):xxxxx\(rest[at...])\"")
        }
        guard let url = HTTPURL(parsing: text) else {
            throw ConfigError("invalid mirror: \"\(text)\" is not a valid URI")
        }
        self.url = url.target.hasSuffix("/") ? url : url.replacing(target: url.target + "/")
    }
}
