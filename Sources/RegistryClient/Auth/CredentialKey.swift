// SPDX-License-Identifier: Apache-2.0

/// The names under which docker files credentials.
public enum CredentialKey {
    /// Docker Hub's key is a URL of its first API, and so it has stayed.
    public static let dockerHub = "https://index.docker.io/v1/"

    /// - Parameter domain: the registry as in a reference, `docker.io` or `host[:port]`.
    public static func forRegistry(_ domain: String) -> String {
        domain == "docker.io" || domain == "index.docker.io" ? dockerHub : domain
    }

    /// The host of a key: scheme and path dropped, as docker does when no key fits exactly.
    public static func hostname(of key: String) -> String {
        var rest = Substring(key)
        for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
        return String(rest.prefix { $0 != "/" })
    }
}
