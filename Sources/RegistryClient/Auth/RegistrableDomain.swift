// SPDX-License-Identifier: Apache-2.0

/// The part of a host name that one owner registers: `docker.io` of `auth.docker.io`.
///
/// The public suffix list has 10 000 entries and changes weekly. This keeps the rule that matters for credentials: two
/// hosts are one owner's only if they share a suffix which nobody else can register under. It errs on the strict side;
/// what it gets wrong can be allow-listed.
enum RegistrableDomain {
    /// Suffixes under which clouds let anybody register names.
    private static let sharedSuffixes: Set<String> = [
        "amazonaws.com", "azurecr.io", "azurewebsites.net", "cloudapp.azure.com", "windows.net", "cloudfront.net",
        "appspot.com", "run.app", "web.app", "googleapis.com", "github.io", "gitlab.io", "herokuapp.com", "fly.dev",
        "netlify.app", "vercel.app", "pages.dev", "workers.dev", "ngrok.io", "ngrok.app", "trycloudflare.com",
        "duckdns.org", "nip.io", "sslip.io", "xip.io", "jfrog.io", "ondigitalocean.app", "on.aws",
    ]
    private static let secondLevels: Set<String> = [
        "ac", "co", "com", "edu", "gob", "gouv", "gov", "gv", "info", "ltd", "mil", "ne", "net", "nom", "or", "org",
        "plc", "sch",
    ]

    static func of(_ host: String) -> String {
        let labels = host.lowercased().split(separator: ".")
        guard labels.count > 2, IPAddress(host) == nil else { return host.lowercased() }
        for length in stride(from: min(labels.count - 1, 4), through: 2, by: -1) {
            if sharedSuffixes.contains(labels.suffix(length).joined(separator: ".")) {
                return labels.suffix(length + 1).joined(separator: ".")
            }
        }
        let isCountry = labels[labels.count - 1].count == 2
        let isShared = isCountry && secondLevels.contains(String(labels[labels.count - 2]))
        return labels.suffix(isShared ? 3 : 2).joined(separator: ".")
    }

    static func same(_ left: String, _ right: String) -> Bool {
        of(left) == of(right)
    }
}
