// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RegistryClient

struct ProxySettingsTests {
    private func server(_ url: String, _ environment: [String: String]) throws -> ProxyServer? {
        try ProxySettings(environment: environment).server(for: #require(HTTPURL(parsing: url)))
    }

    @Test func `the scheme of the target chooses, upper case first`() throws {
        let environment = [
            "HTTP_PROXY": "http://plain:3128", "https_proxy": "lower:1", "HTTPS_PROXY": "http://u:p%40w@secure:3129",
        ]
        #expect(try server("http://r.example/", environment)?.host == "plain")
        let secure = try #require(try server("https://r.example/", environment))
        #expect(secure.host == "secure")
        #expect(secure.port == 3129)
        #expect(secure.credential == .password(username: "u", password: Secret("p@w")))
    }

    @Test func `a cgi script's HTTP_PROXY is not trusted`() throws {
        let environment = ["HTTP_PROXY": "http://evil:1", "REQUEST_METHOD": "GET"]
        #expect(try server("http://r.example/", environment) == nil)
    }

    @Test func `loopback is reached directly`() throws {
        for host in ["localhost:5000", "127.0.0.1:5000", "[::1]:5000"] {
            #expect(try server("http://\(host)/", ["HTTP_PROXY": "p:1"]) == nil)
        }
    }

    @Test(arguments: [
        ("example.com", true), ("sub.example.com", true), ("notexample.com", false), ("a.only.sub", true),
        ("only.sub", false), ("10.1.2.3", true), ("11.1.2.3", false), ("192.0.2.7", true), ("ported.example", false),
        ("star.example", false), ("x.star.example", true),
    ])
    func `exceptions match as in Go`(host: String, isDirect: Bool) throws {
        let environment = [
            "HTTPS_PROXY": "p:1",
            "NO_PROXY": "example.com, .only.sub,10.0.0.0/8,192.0.2.7,ported.example:8443,*.star.example",
        ]
        #expect(try (server("https://\(host)/", environment) == nil) == isDirect)
    }

    @Test func `an exception with a port is for that port`() throws {
        let environment = ["HTTPS_PROXY": "p:1", "NO_PROXY": "r.example:8443"]
        #expect(try server("https://r.example:8443/", environment) == nil)
        #expect(try server("https://r.example/", environment) != nil)
    }

    @Test func `the configuration comes before the environment`() throws {
        var engine = EngineConfig()
        engine.httpsProxy = "http://configured:1"
        let settings = try ProxySettings(environment: ["HTTPS_PROXY": "http://env:1"], engine: engine)
        #expect(try settings.server(for: #require(HTTPURL(parsing: "https://r.example/")))?.host == "configured")
    }

    @Test(arguments: ["ftp://p:1", "http://p:99999", "http://a b/", "http://u%zz@p:1"])
    func `an unusable proxy is an error`(text: String) {
        #expect(throws: ConfigError.self) { try ProxySettings(environment: ["HTTPS_PROXY": text]) }
    }
}
