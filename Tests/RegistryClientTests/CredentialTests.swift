// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import RegistryClient

struct CredentialTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func helper(_ name: String, _ script: String) throws {
        try directory.write("#!/bin/sh\n" + script, to: "bin/docker-credential-\(name)", mode: 0o755)
    }

    private func credentials(
        _ config: String, _ environment: [String: String] = [:], timeout: Duration = .seconds(30)
    ) throws -> DockerCredentials {
        let path = ["PATH": "\(directory.path)/bin:/usr/bin:/bin"]
        return try DockerCredentials(
            config: ClientConfig(parsing: Array(config.utf8), path: directory.path + "/config.json"),
            environment: path.merging(environment) { _, new in new }, helperTimeout: timeout)
    }

    private let one = #"{"auths":{"r.example":{"auth":"dTpw"}}}"#

    @Test func `the file is looked up by key, then by host`() async throws {
        let expected = Credential.password(username: "u", password: Secret("p"))
        #expect(try await credentials(one).credential(for: "r.example") == expected)
        let url = #"{"auths":{"https://r.example/v1/":{"auth":"dTpw"}}}"#
        #expect(try await credentials(url).credential(for: "r.example") == expected)
        #expect(try await credentials(url).credential(for: "r.example:5000") == nil)
    }

    @Test func `docker hub has a key of its own`() {
        #expect(CredentialKey.forRegistry("docker.io") == "https://index.docker.io/v1/")
        #expect(CredentialKey.forRegistry("r.example:5000") == "r.example:5000")
    }

    @Test func `the environment comes first and falls back to the stores`() async throws {
        let environment = ["DOCKER_AUTH_CONFIG": #"{"auths":{"e.example":{"auth":"ZTpz"}}}"#]
        let credentials = try credentials(one, environment)
        #expect(try await credentials.credential(for: "e.example")?.username == "e")
        #expect(try await credentials.credential(for: "r.example")?.username == "u")
    }

    @Test func `a helper of the registry comes before the store`() async throws {
        try helper(
            "mine", #"read server; printf '{"ServerURL":"%s","Username":"%s","Secret":"s"}' "$server" "$server-$1""#)
        try helper("store", "exit 1")
        let credentials = try credentials(#"{"credsStore":"store","credHelpers":{"r.example":"mine"}}"#)
        #expect(
            try await credentials.credential(for: "r.example")
                == .password(username: "r.example-get", password: Secret("s")))
    }

    @Test func `a helper that doesn't read its input is no problem`() async throws {
        try helper("deaf", #"exec 0<&-; echo '{"Username":"u","Secret":"s"}'"#)
        let key = String(repeating: "x", count: 200_000)
        let credentials = try credentials(#"{"credsStore":"deaf"}"#)
        #expect(try await credentials.credential(for: key)?.username == "u")
    }

    @Test func `the user name <token> means an identity token`() async throws {
        try helper("t", #"echo '{"Username":"<token>","Secret":"IDT"}'"#)
        #expect(
            try await credentials(#"{"credsStore":"t"}"#).credential(for: "r")
                == .identityToken(username: "", Secret("IDT")))
    }

    @Test func `not found is anonymous`() async throws {
        try helper("none", "echo 'credentials not found in native keychain'; exit 1")
        #expect(try await credentials(#"{"credsStore":"none"}"#).credential(for: "r") == nil)
    }

    @Test func `another failure is docker's error`() async throws {
        try helper("bad", "echo 'no dbus'; exit 3")
        let error = await #expect(throws: CredentialError.self) {
            try await credentials(#"{"credsStore":"bad"}"#).credential(for: "r")
        }
        #expect(error?.description == "error getting credentials - err: exit status 3, out: `no dbus`")
    }

    @Test(arguments: [
        ("echo 'no credentials server URL'; exit 1", "no credentials server URL, out: `no credentials server URL`"),
        ("kill -9 $$", "signal: killed, out: ``"), ("kill -TERM $$", "signal: terminated, out: ``"),
        ("exit 7", "exit status 7, out: ``"),
    ])
    func `a helper that fails to store or erase is told in docker's words`(script: String, error: String) async throws {
        try helper("bad", script)
        var credentials = try credentials(#"{"credsStore":"bad"}"#)
        let login = Credential.password(username: "u", password: Secret("p"))
        let storing = await #expect(throws: CredentialError.self) { try await credentials.store(login, for: "r") }
        #expect(storing?.description == "error storing credentials - err: \(error)")
        let erasing = await #expect(throws: CredentialError.self) { try await credentials.erase("r") }
        #expect(erasing?.description == "error erasing credentials - err: \(error)")
    }

    @Test func `a helper that is no program is told in docker's words`() async throws {
        try directory.write("neither program nor script", to: "bin/docker-credential-text", mode: 0o755)
        var credentials = try credentials(#"{"credsStore":"text"}"#)
        let login = Credential.password(username: "u", password: Secret("p"))
        let error = await #expect(throws: CredentialError.self) { try await credentials.store(login, for: "r") }
        #expect(
            error?.description
                == "error storing credentials - err: fork/exec docker-credential-text: exec format error, out: ``")
    }

    @Test func `a missing helper is named`() async throws {
        let error = await #expect(throws: CredentialError.self) {
            try await credentials(#"{"credsStore":"nosuch"}"#).credential(for: "r")
        }
        #expect(
            error?.description
                == "error getting credentials - err: exec: \"docker-credential-nosuch\": executable file "
                + "not found in $PATH, out: ``")
    }

    @Test(arguments: ["../../tmp/x", "a/b", "a b", "x;y", "ü"])
    func `a helper's name can't leave the path`(name: String) async throws {
        let credentials = try credentials(#"{"credsStore":"\#(name)"}"#)
        await #expect(throws: CredentialError.invalidHelperName(name)) {
            try await credentials.credential(for: "r")
        }
    }

    @Test func `a helper that hangs is given up`() async throws {
        try helper("slow", "exec sleep 60")
        let credentials = try credentials(#"{"credsStore":"slow"}"#, timeout: .milliseconds(200))
        await #expect(throws: CredentialError.self) { try await credentials.credential(for: "r") }
    }

    @Test func `a helper that talks for ever is cut off`() async throws {
        try helper("loud", "exec cat /dev/zero")
        let credentials = try credentials(#"{"credsStore":"loud"}"#, timeout: .seconds(20))
        await #expect(throws: (any Error).self) { try await credentials.credential(for: "r") }
    }

    @Test func `login and logout go through the file`() async throws {
        var credentials = try credentials(#"{"auths":{}}"#)
        let login = Credential.password(username: "u", password: Secret("p"))
        let file = directory.path + "/config.json"
        #expect(try await credentials.store(login, for: "r.example") == .file(file))
        #expect(try ClientConfig.load(directory: directory.path).auths["r.example"]?.credential == login)
        try await credentials.erase("r.example")
        #expect(try ClientConfig.load(directory: directory.path).auths.isEmpty)
    }

    @Test func `login and logout go through the helper`() async throws {
        try helper("log", #"echo "$1 $(cat)" >> "$LOG""#)
        var credentials = try credentials(#"{"credsStore":"log"}"#, ["LOG": directory.path + "/log"])
        let storage = try await credentials.store(
            .password(username: "u", password: Secret("p")), for: "r.example")
        try await credentials.erase("r.example")
        #expect(storage == .helper("log"))
        let log = try String(contentsOfFile: directory.path + "/log", encoding: .utf8)
        #expect(log == "store {\"ServerURL\":\"r.example\",\"Username\":\"u\",\"Secret\":\"p\"}\nerase r.example\n")
        let written = try String(contentsOfFile: directory.path + "/config.json", encoding: .utf8)
        #expect(!written.contains("\"p\""))
    }
}
