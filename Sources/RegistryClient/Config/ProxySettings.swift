// SPDX-License-Identifier: Apache-2.0

/// Which proxy a request takes: `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` with the rules of Go's `httpproxy`.
public struct ProxySettings: Sendable {
    private var http: ProxyServer?
    private var https: ProxyServer?
    private var exceptions = ProxyExceptions("")

    /// No proxy.
    public init() {}

    /// - Parameters:
    ///   - environment: the variables, upper case before lower case.
    ///   - engine: the configuration's `proxies`, which come before the environment.
    /// - Throws: when a proxy's address can't be read.
    public init(environment: [String: String], engine: EngineConfig = EngineConfig()) throws(ConfigError) {
        func variable(_ name: String) -> String {
            [environment[name], environment[name.lowercased()]].compactMap { $0 }.first { !$0.isEmpty } ?? ""
        }
        // A CGI script's HTTP_PROXY is the client's header `Proxy`, not a setting (CVE-2016-5386).
        let isCGI = environment["REQUEST_METHOD"].map { !$0.isEmpty } ?? false
        let fallback = isCGI ? (environment["http_proxy"] ?? "") : variable("HTTP_PROXY")
        http = try ProxyServer(engine.httpProxy ?? fallback)
        https = try ProxyServer(engine.httpsProxy ?? variable("HTTPS_PROXY"))
        exceptions = ProxyExceptions(engine.noProxy ?? variable("NO_PROXY"))
    }

    /// Decided for every request anew: a redirect to a storage host may take another way than the registry.
    func server(for url: HTTPURL) -> ProxyServer? {
        guard let server = url.scheme == .https ? https : http else { return nil }
        return exceptions.contains(url.origin) ? nil : server
    }
}
