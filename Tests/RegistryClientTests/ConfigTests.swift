// SPDX-License-Identifier: Apache-2.0

import Glibc
import TestSupport
import Testing

@testable import RegistryClient

struct ConfigTests {
    private func client(_ text: String) throws -> ClientConfig {
        try ClientConfig(parsing: Array(text.utf8), path: "/c/config.json")
    }

    @Test func `a password may hold colons`() throws {
        // user:pa:ss:word
        let config = try client(#"{"auths":{"r.example":{"auth":"dXNlcjpwYTpzczp3b3Jk"}}}"#)
        #expect(
            config.auths["r.example"]?.credential == .password(username: "user", password: Secret("pa:ss:word")))
    }

    @Test func `an identity token comes before the password`() throws {
        let config = try client(#"{"auths":{"r":{"auth":"dXNlcjo=","identitytoken":"T"}}}"#)
        #expect(config.auths["r"]?.credential == .identityToken(username: "user", Secret("T")))
    }

    @Test func `an entry without secret is none`() throws {
        #expect(try client(#"{"auths":{"r":{}}}"#).auths["r"]?.credential == nil)
    }

    @Test(arguments: ["dXNlcg==", "!!!", "/w=="])
    func `an auth that is no user and password is an error`(auth: String) {
        #expect(throws: ConfigError.self) { try client(#"{"auths":{"r":{"auth":"\#(auth)"}}}"#) }
    }

    @Test func `unknown keys survive a login and a logout`() throws {
        let text = """
            {
            	"psFormat": "x",
            	"futureKey": {
            		"b": 1e400,
            		"a": [
            			null
            		]
            	},
            	"auths": {}
            }
            """
        var config = try client(text)
        #expect(String(decoding: config.encoded(), as: UTF8.self) == text)
        config.store(AuthEntry(.password(username: "u", password: Secret("p"))), for: "r.example")
        let stored = String(decoding: config.encoded(), as: UTF8.self)
        #expect(stored.contains("1e400"))
        #expect(stored.contains("\"r.example\": {\n\t\t\t\"auth\": \"dTpw\"\n\t\t}"))
        config.erase("r.example")
        #expect(String(decoding: config.encoded(), as: UTF8.self) == text)
    }

    @Test func `a login with a token is written as docker writes it`() throws {
        var config = ClientConfig(path: "/x")
        config.store(AuthEntry(.identityToken(username: "user", Secret("IDT"))), for: "localhost:5012")
        let expected = """
            {
            	"auths": {
            		"localhost:5012": {
            			"auth": "dXNlcjo=",
            			"identitytoken": "IDT"
            		}
            	}
            }
            """
        #expect(String(decoding: config.encoded(), as: UTF8.self) == expected)
    }

    @Test func `a saved file is private and replaces the old one`() throws {
        let directory = try TemporaryDirectory()
        var config = try ClientConfig.load(directory: directory.path + "/new/dir")
        config.store(AuthEntry(.password(username: "u", password: Secret("p"))), for: "r")
        try config.save()
        let again = try ClientConfig.load(directory: directory.path + "/new/dir")
        #expect(again.auths["r"]?.username == "u")
        var info = stat()
        #expect(stat(config.path, &info) == 0)
        #expect(info.st_mode & 0o777 == 0o600)
    }

    @Test func `a saved file keeps its link`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("{}", to: "real.json")
        #expect(symlink(directory.path + "/real.json", directory.path + "/config.json") == 0)
        var config = try ClientConfig.load(directory: directory.path)
        config.store(AuthEntry(.password(username: "u", password: Secret("p"))), for: "r")
        try config.save()
        var info = stat()
        #expect(lstat(config.path, &info) == 0)
        #expect(info.st_mode & S_IFMT == S_IFLNK)
        #expect(try ClientConfig.load(directory: directory.path).auths["r"] != nil)
    }

    @Test(arguments: ["", " \n"])
    func `an empty file is an empty configuration`(text: String) throws {
        #expect(try client(text).auths.isEmpty)
    }

    @Test func `a broken file is named`() {
        let error = #expect(throws: ConfigError.self) { try client("{\"auths\":") }
        #expect(error?.description == "/c/config.json: unexpected end of JSON input")
    }

    @Test func `docker's environment names the directory`() {
        #expect(ClientConfig.directory(environment: ["DOCKER_CONFIG": "/d"], home: "/h") == "/d")
        #expect(ClientConfig.directory(environment: [:], home: "/h") == "/h/.docker")
    }

    @Test func `daemon.json is read, and unknown keys are reported`() throws {
        let text = """
            {"data-root":"/d","registry-mirrors":["https://m"],"insecure-registries":["10.0.0.0/8"],
             "max-concurrent-downloads":7,"max-download-attempts":0,"proxies":{"https-proxy":"http://p:1"},
             "log-driver":"json-file","regsitry-mirrors":[]}
            """
        let config = try EngineConfig(parsing: Array(text.utf8), path: "/e.json")
        #expect(config.dataRoot == "/d")
        #expect(config.registryMirrors == ["https://m"])
        #expect(config.maxConcurrentDownloads == 7)
        #expect(config.maxDownloadAttempts == 5)
        #expect(config.maxConcurrentUploads == 5)
        #expect(config.httpsProxy == "http://p:1")
        #expect(config.warnings == [#"/e.json: unknown key "regsitry-mirrors" is ignored"#])
    }

    @Test(arguments: [
        (#"{"max-concurrent-downloads":-1}"#, "invalid max concurrent downloads: -1"),
        (#"{"data-root":1}"#, #"unable to configure the engine with file /e.json: "data-root" must be a string"#),
        ("[]", "unable to configure the engine with file /e.json: the top level isn't an object"),
        ("{", "unable to configure the engine with file /e.json: unexpected end of JSON input"),
    ])
    func `wrong settings are errors`(text: String, expected: String) {
        let error = #expect(throws: ConfigError.self) {
            try EngineConfig(parsing: Array(text.utf8), path: "/e.json")
        }
        #expect(error?.description == expected)
    }

    @Test func `the first configuration file found counts, a named one has to exist`() throws {
        let directory = try TemporaryDirectory()
        try directory.write(#"{"data-root":"/user"}"#, to: "dockerlite/daemon.json")
        let path = EngineConfig.searchPath(
            configFile: nil, environment: ["XDG_CONFIG_HOME": directory.path], home: "/none")
        #expect(try EngineConfig.load(searching: path).dataRoot == "/user")
        let named = EngineConfig.searchPath(
            configFile: nil, environment: ["DOCKERLITE_CONFIG_FILE": directory.path + "/missing"], home: "/none")
        #expect(throws: ConfigError.self) { try EngineConfig.load(searching: named) }
    }

    @Test(arguments: [
        ("m.example", #"invalid mirror: no scheme specified for "m.example": must use either 'https://' or 'http://'"#),
        ("ftp://m", #"invalid mirror: unsupported scheme "ftp" in "ftp://m": must use either 'https://' or 'http://'"#),
        ("https://m/?x", #"invalid mirror: query or fragment at end of the URI "https://m/?x""#),
        ("https://m/#x", #"invalid mirror: query or fragment at end of the URI "https://m/#x""#),
        ("https://u:p@m", #"invalid mirror: username/password not allowed in URI "https://u:xxxxx@m""#),
    ])
    func `mirrors are checked as docker does`(text: String, expected: String) {
        let error = #expect(throws: ConfigError.self) { try MirrorURL(text) }
        #expect(error?.description == expected)
    }

    @Test func `a mirror's address ends with a slash`() throws {
        #expect(try MirrorURL("https://m.example:5000").url.description == "https://m.example:5000/")
        #expect(try MirrorURL("https://m.example/path").url.description == "https://m.example/path/")
    }

    @Test func `insecure registries are names, blocks and loopback`() async throws {
        let insecure = try InsecureRegistries(["reg.example:5000", "10.0.0.0/8", "http://plain.example"])
        let resolver = FixedResolver(["inside.example": "10.2.3.4", "localhost": "127.0.0.1"])
        for host in [
            "reg.example:5000", "inside.example", "10.9.9.9:5000", "localhost:1", "[::1]:5000", "plain.example",
        ] {
            #expect(await insecure.contains(host, resolver: resolver), "\(host)")
        }
        for host in ["reg.example", "reg.example:5001", "outside.example", "203.0.113.1"] {
            #expect(await !insecure.contains(host, resolver: resolver), "\(host)")
        }
        #expect(throws: ConfigError.self) { try InsecureRegistries(["ftp://x"]) }
        #expect(throws: ConfigError.self) { try InsecureRegistries(["a/b"]) }
    }

    @Test func `certs.d gives authorities and a client certificate`() throws {
        let directory = try TemporaryDirectory()
        try directory.write("CA", to: "reg.example:5000/ca.crt")
        try directory.write("CERT", to: "reg.example:5000/client.cert")
        try directory.write("KEY", to: "reg.example:5000/client.key")
        let certificates = CertificateDirectory(roots: ["/nonexistent", directory.path])
        let identity = try certificates.identity(for: "reg.example:5000", verifies: true)
        #expect(identity.authorities == [Array("CA".utf8)])
        #expect(identity.clientCertificate == ClientCertificate(chain: Array("CERT".utf8), key: Array("KEY".utf8)))
        #expect(try certificates.identity(for: "other.example", verifies: false).authorities.isEmpty)
    }

    @Test(arguments: [
        (
            "client.cert",
            "missing key client.key for client certificate client.cert. CA certificates must use the extension .crt"
        ),
        ("client.key", "missing client certificate client.cert for key client.key"),
    ])
    func `half a pair in certs.d is docker's error`(name: String, expected: String) throws {
        let directory = try TemporaryDirectory()
        try directory.write("x", to: "r.example/\(name)")
        let error = #expect(throws: ConfigError.self) {
            try CertificateDirectory(roots: [directory.path]).identity(for: "r.example", verifies: true)
        }
        #expect(error?.description == expected)
    }
}
