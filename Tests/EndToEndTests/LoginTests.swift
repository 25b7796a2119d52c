// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// `login` and `logout` against a server with Basic authentication, with files and helpers of the test's own.
struct LoginTests {
    private static let password = "correct horse:battery"
    private static let encoded = Data("me:\(password)".utf8).base64EncodedString()

    private let server: FaultServer
    private let docker: DockerliteProcess
    private let home: TemporaryDirectory

    init() async throws {
        server = try await FaultServer.start { request in
            guard request.header("Authorization") == "Basic \(Self.encoded)" else {
                return .error(
                    401, "UNAUTHORIZED", "authentication required", [("WWW-Authenticate", #"Basic realm="test""#)])
            }
            return .json(200, "{}")
        }
        docker = try DockerliteProcess(program: "docker")
        home = try TemporaryDirectory()
    }

    private var configPath: String { home.path + "/config.json" }

    private func run(
        _ arguments: String..., input: String = "", environment: [String: String] = [:]
    ) throws -> TestCommand.Result {
        let own = ["DOCKER_CONFIG": home.path, "PATH": home.path + "/bin:/usr/bin:/bin"]
        return try docker.run(arguments, input: Array(input.utf8), environment: own.merging(environment) { $1 })
    }

    private func config() throws -> [String: Any] {
        let data = try Data(contentsOf: URL(fileURLWithPath: configPath))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func `a login is written beside what else is there, for its owner alone, and a logout takes it away`() throws
    {
        try home.write(
            #"{"psFormat":"{{.ID}}","somebody":{"else's":[1,2]},"auths":{"other:1":{"auth":"YTpi"}}}"#,
            to: "config.json")
        let login = try run("login", "-u", "me", "--password-stdin", server.host, input: Self.password + "\r\n")
        #expect(login.status == 0)
        #expect(login.text == "Login Succeeded\n")
        #expect(
            login.errors == """

                WARNING! Your credentials are stored unencrypted in '\(configPath)'.
                Configure a credential helper to remove this warning. See
                https://docs.docker.com/go/credential-store/


                """)
        let auths = try #require(try config()["auths"] as? [String: [String: String]])
        #expect(auths == ["other:1": ["auth": "YTpi"], server.host: ["auth": Self.encoded]])
        let mode = try FileManager.default.attributesOfItem(atPath: configPath)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let again = try run("login", server.host)
        #expect(again.text == "Login Succeeded\n")
        #expect(again.errors.hasPrefix("Authenticating with existing credentials... [Username: me]\n\n Info -> "))
        #expect(!again.errors.contains("WARNING"))
        let logout = try run("logout", server.host)
        #expect(logout.status == 0)
        #expect(logout.text == "Removing login credentials for \(server.host)\n")
        let left = try config()
        #expect((left["auths"] as? [String: Any])?.keys.sorted() == ["other:1"])
        #expect(left["psFormat"] as? String == "{{.ID}}")
        #expect((left["somebody"] as? [String: [Int]])?["else's"] == [1, 2])
        #expect(try run("logout", server.host).status == 0, "nothing to remove is no failure")
    }

    @Test(arguments: ["", "\n", "\r\n", "\n\n", " \t\r\n"])
    func `white space around a password is not part of it, as in docker`(space: String) throws {
        let login = try run(
            "login", "-u", " me ", "--password-stdin", server.host, input: space + Self.password + space)
        #expect(login.text == "Login Succeeded\n", "\(login.errors)")
        let auths = try #require(try config()["auths"] as? [String: [String: String]])
        #expect(auths == [server.host: ["auth": Self.encoded]])
        #expect(try run("login", "-u", "me", "-p", space + Self.password + space, server.host).status == 0)
    }

    @Test func `a wrong password is refused and nothing is written`() throws {
        let login = try run("login", "-u", "me", "--password-stdin", server.host, input: "wrong-password")
        #expect(login.status == 1)
        #expect(login.text == "")
        #expect(
            login.errors
                == "Error response from daemon: login attempt to http://\(server.host)/v2/ failed with status: "
                + "401 Unauthorized\n")
        #expect(!FileManager.default.fileExists(atPath: configPath))
    }

    @Test func `no secret is printed, not even for debugging`() throws {
        let right = try run("-D", "login", "-u", "me", "-p", Self.password, server.host)
        #expect(right.status == 0)
        #expect(right.errors.hasPrefix("WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n"))
        let wrong = try run("-D", "login", "-u", "me", "--password-stdin", server.host, input: "wrong-password")
        let stored = try run("-D", "login", server.host)
        let logout = try run("-D", "logout", server.host)
        for result in [right, wrong, stored, logout] {
            let printed = result.text + result.errors
            for secret in [
                Self.password, Self.encoded, "wrong-password", Data("me:wrong-password".utf8).base64EncodedString(),
            ] {
                #expect(!printed.contains(secret))
            }
        }
        #expect(right.errors.contains("/v2/"), "requests are logged")
    }

    @Test(arguments: [
        (["--password-stdin", "host:1"], "the --password-stdin option requires --username to be set"),
        (
            ["-u", "me", "--password-stdin", "host:1"],
            "Error: Cannot perform an interactive login from a non TTY device"
        ),
        (
            ["-u", "me", "-p", "x", "--password-stdin", "host:1"],
            "conflicting options: cannot specify both --password and --password-stdin"
        ),
        (["-u", "", "-p", "x", "host:1"], "username is empty"),
        (["-u", "me", "-p", "", "host:1"], "password is empty"),
        (["-u", "me", "host:1"], "Error: Cannot perform an interactive login from a non TTY device"),
        (["host:1"], "Error: Cannot perform an interactive login from a non TTY device"),
    ])
    func `half a login is refused`(arguments: [String], error: String) throws {
        let result = try docker.run(["login"] + arguments, environment: ["DOCKER_CONFIG": home.path])
        #expect(result.status == 1)
        #expect(result.text == "")
        #expect(result.errors == error + "\n")
    }

    @Test func `no registry answers, or none is meant`() throws {
        let unreachable = try run("login", "-u", "me", "--password-stdin", "127.0.0.1:1", input: "x")
        #expect(unreachable.status == 1)
        #expect(
            unreachable.errors == "Error response from daemon: Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: "
                + "connect: connection refused\n")
        let two = try run("login", "a", "b")
        #expect(two.status == 1)
        #expect(two.errors.hasPrefix("docker: 'docker login' requires at most 1 argument\n"))
        let hub = try run("logout")
        #expect(hub.text == "Removing login credentials for https://index.docker.io/v1/\n")
    }

    @Test func `a token in place of the password is what is kept`() async throws {
        let tokens = try await FaultServer.start { request in
            request.header("Authorization") == "Basic \(Self.encoded)"
                ? .json(200, #"{"token":"t","refresh_token":"the-refresh-token"}"#)
                : .json(401, #"{"details":"incorrect username or password"}"#)
        }
        let realm = "Bearer realm=\"\(tokens.url)/token\",service=\"s\""
        let registry = try await FaultServer.start { request in
            request.header("Authorization") == "Bearer t"
                ? .json(200, "{}")
                : .error(401, "UNAUTHORIZED", "authentication required", [("WWW-Authenticate", realm)])
        }
        let login = try run("-D", "login", "-u", "me", "--password-stdin", registry.host, input: Self.password)
        #expect(login.status == 0, "\(login.errors)")
        #expect(!login.errors.contains("WARNING"), "a token is no password")
        #expect(!login.errors.contains("the-refresh-token"))
        let auths = try #require(try config()["auths"] as? [String: [String: String]])
        #expect(auths[registry.host]?["identitytoken"] == "the-refresh-token")
        #expect(auths[registry.host]?["auth"] == Data("me:".utf8).base64EncodedString())
        let wrong = try run("login", "-u", "me", "--password-stdin", registry.host, input: "no")
        #expect(wrong.status == 1)
        #expect(
            wrong.errors == "Error response from daemon: Get \"http://\(registry.host)/v2/\": unauthorized: "
                + "incorrect username or password\n")
    }

    // MARK: Credential helpers

    /// A helper that keeps what it is given in a file, and says what it was asked.
    private func installHelper(_ name: String = "test") throws {
        try home.write(
            """
            #!/bin/sh
            cd "\(home.path)" || exit 1
            echo "$1" >>asked
            case $1 in
            store) cat >kept ;;
            get) cat >key; if [ -s kept ]; then cat kept; else echo "credentials not found in native keychain"; exit 1; fi ;;
            erase) cat >key; rm -f kept ;;
            esac
            """, to: "bin/docker-credential-\(name)", mode: 0o755)
    }

    @Test(arguments: [
        #"{"credsStore":"test"}"#, #"{"credsStore":"missing","credHelpers":{"HOST":"test"}}"#,
    ])
    func `a helper keeps the secret, gives it, and erases it`(settings: String) throws {
        try installHelper()
        try home.write(settings.replacing("HOST", with: server.host), to: "config.json")
        let login = try run("login", "-u", "me", "--password-stdin", server.host, input: Self.password)
        #expect(login.status == 0, "\(login.errors)")
        #expect(login.text == "Login Succeeded\n")
        #expect(login.errors == "", "nothing is stored unencrypted")
        let kept = try String(contentsOfFile: home.path + "/kept", encoding: .utf8)
        #expect(kept.contains(Self.password) && kept.contains(server.host))
        #expect(try !String(contentsOfFile: configPath, encoding: .utf8).contains(Self.encoded))
        let again = try run("login", server.host)
        #expect(again.text == "Login Succeeded\n", "\(again.errors)")
        let logout = try run("logout", server.host)
        #expect(logout.status == 0)
        #expect(!FileManager.default.fileExists(atPath: home.path + "/kept"))
        let asked = try String(contentsOfFile: home.path + "/asked", encoding: .utf8).split(separator: "\n")
        #expect(asked.contains("store") && asked.contains("get") && asked.contains("erase"))
    }

    @Test func `a helper that is missing or fails ends the login`() throws {
        try home.write(#"{"credsStore":"missing"}"#, to: "config.json")
        let missing = try run("login", "-u", "me", "--password-stdin", server.host, input: Self.password)
        #expect(missing.status == 1)
        #expect(missing.errors.hasPrefix("Error saving credentials: "))
        #expect(missing.errors.contains("docker-credential-missing"))
        try home.write(
            "#!/bin/sh\ncat >/dev/null; echo the vault is closed; exit 1\n", to: "bin/docker-credential-broken",
            mode: 0o755)
        try home.write(#"{"credsStore":"broken"}"#, to: "config.json")
        let broken = try run("login", "-u", "me", "--password-stdin", server.host, input: Self.password)
        #expect(broken.status == 1)
        #expect(broken.errors.hasPrefix("Error saving credentials: error storing credentials"))
        #expect(broken.errors.contains("the vault is closed"))
        #expect(!broken.errors.contains(Self.password))
        #expect(try !String(contentsOfFile: configPath, encoding: .utf8).contains(Self.encoded))
    }
}
