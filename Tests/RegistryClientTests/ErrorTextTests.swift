// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1
import OCI
import Testing

@testable import RegistryClient

/// Texts that docker 28 prints; the left sides are answers of registries.
struct ErrorTextTests {
    private static let json: HTTPHeaders = ["Content-Type": "application/json; charset=utf-8"]

    private func text(
        _ status: Int, _ body: String, _ headers: HTTPHeaders = json, for name: String = "localhost:5001/m:nosuch"
    ) throws -> String {
        let kind = ErrorResponse.parse(status: status, headers: headers, body: Array(body.utf8))
        return RegistryError(kind).pullDescription(for: try Reference(normalizing: name))
    }

    private func errors(_ code: String, _ message: String, detail: String? = "{}") -> String {
        #"{"errors":[{"code":"\#(code)","message":"\#(message)"\#(detail.map { #","detail":\#($0)"# } ?? "")}]}"#
    }

    @Test func `an unknown manifest names the reference`() throws {
        #expect(
            try text(404, errors("MANIFEST_UNKNOWN", "manifest unknown"))
                == "manifest for localhost:5001/m:nosuch not found: manifest unknown: manifest unknown")
    }

    @Test func `an unknown name names the repository`() throws {
        #expect(
            try text(404, errors("NAME_UNKNOWN", "repository name not known to registry"))
                == "repository localhost:5001/m not found: name unknown: repository name not known to registry")
    }

    @Test func `a denied pull hints at login, with json or without`() throws {
        let start = "pull access denied for alpine, repository does not exist or may require 'docker login': "
        #expect(
            try text(403, errors("DENIED", "requested access to the resource is denied"), for: "alpine")
                == start + "denied: requested access to the resource is denied")
        #expect(
            try text(403, "<html>no</html>", ["Content-Type": "text/html"], for: "alpine")
                == start + "denied: <html>no</html>")
    }

    @Test func `a default message without detail is the code alone, and not translated`() throws {
        #expect(try text(401, errors("UNAUTHORIZED", "authentication required", detail: nil)) == "unauthorized")
        #expect(
            try text(403, errors("DENIED", "requested access to the resource is denied", detail: "null")) == "denied")
        #expect(try text(404, errors("MANIFEST_UNKNOWN", "", detail: nil)) == "manifest unknown")
    }

    @Test func `another message stays`() throws {
        #expect(try text(401, errors("UNAUTHORIZED", "expired", detail: nil)) == "unauthorized: expired")
        #expect(try text(400, errors("SOMETHING_NEW", "what", detail: nil)) == "unknown: what")
    }

    @Test func `plain texts take the code of the status`() throws {
        #expect(try text(404, "not found", ["Content-Type": "text/plain"]) == "unknown: not found")
        #expect(try text(429, "slow down", [:]) == "toomanyrequests: slow down")
        #expect(try text(401, "who?", [:]) == "unauthorized: who?")
    }

    @Test func `irregular details are read`() throws {
        #expect(try text(429, #"{"details":"slow down"}"#) == "toomanyrequests: slow down")
        #expect(try text(401, #"{"details":"bad password"}"#) == "unauthorized: bad password")
    }

    @Test func `a server's failure shows its status and not its body`() throws {
        #expect(
            try text(503, errors("UNAVAILABLE", "x")) == "received unexpected HTTP status: 503 Service Unavailable")
        #expect(try text(500, "<html>") == "received unexpected HTTP status: 500 Internal Server Error")
    }

    @Test func `the challenge's error comes first`() throws {
        var headers = Self.json
        headers.add(
            name: "WWW-Authenticate",
            value: #"Bearer realm="https://a/",service="s",error="insufficient_scope""#)
        #expect(
            try text(401, errors("UNAUTHORIZED", "authentication required"), headers, for: "me/private")
                == "pull access denied for me/private, repository does not exist or may require 'docker login': "
                + "denied: requested access to the resource is denied")
    }

    @Test func `several errors: the first for a pull, all for a push`() throws {
        let body = """
            {"errors":[{"code":"DENIED","message":"a","detail":1},{"code":"UNKNOWN","message":"b","detail":1}]}
            """
        let kind = ErrorResponse.parse(status: 403, headers: Self.json, body: Array(body.utf8))
        #expect(RegistryError(kind).description == "errors:\ndenied: a\nunknown: b\n")
        #expect(try text(403, body).hasSuffix("denied: a"))
    }

    @Test(arguments: [
        ("{", "error parsing HTTP 404 response body: unexpected end of JSON input: \"{\""),
        ("{}", "error parsing HTTP 404 response body: no error details found in HTTP response body: \"{}\""),
        (
            #"{"errors":[]}"#,
            "error parsing HTTP 404 response body: no error details found in HTTP response body: "
                + ##""{\"errors\":[]}""##
        ),
    ])
    func `json that says nothing is shown`(body: String, expected: String) throws {
        #expect(try text(404, body) == expected)
    }

    @Test func `control characters of a server do not reach the terminal`() throws {
        let shown = try text(404, "a\u{1b}[31mb\u{7}c", ["Content-Type": "text/plain"])
        #expect(!shown.utf8.contains(0x1b))
        #expect(!shown.utf8.contains(0x07))
    }

    @Test func `the api's status follows the translation`() throws {
        func status(_ status: Int, _ code: String, detail: String?) -> Int {
            RegistryError(
                ErrorResponse.parse(
                    status: status, headers: Self.json, body: Array(errors(code, "m", detail: detail).utf8))
            ).statusForAPI
        }
        #expect(status(404, "MANIFEST_UNKNOWN", detail: "{}") == 404)
        #expect(status(403, "DENIED", detail: "{}") == 404)
        #expect(status(404, "NAME_UNKNOWN", detail: "{}") == 404)
        #expect(status(401, "UNAUTHORIZED", detail: "{}") == 500)
    }

    @Test func `transport failures speak Go`() {
        let failures: [(TransportFailure, String)] = [
            (
                .connect(address: "127.0.0.1:5999", reason: "connection refused"),
                "dial tcp 127.0.0.1:5999: connect: connection refused"
            ),
            (.lookup(host: "x.invalid"), "dial tcp: lookup x.invalid: no such host"),
            (.connectTimeout(address: "10.0.0.1:443"), "dial tcp 10.0.0.1:443: i/o timeout"),
            (.tls(.plainHTTP), "http: server gave HTTP response to HTTPS client"),
            (
                .tls(.unknownAuthority),
                "tls: failed to verify certificate: x509: certificate signed by unknown authority"
            ),
            (.closed, "EOF"),
        ]
        for (failure, text) in failures { #expect(failure.description == text) }
    }

    @Test func `a request is shown with its query hidden`() throws {
        let url = try #require(HTTPURL(parsing: "https://s.example/b?X-Signature=SECRET"))
        let error = RegistryError(.transport(.reset), request: RequestLine(method: "HEAD", url: url))
        #expect(error.description == #"Head "https://s.example/b?<redacted>": read: connection reset by peer"#)
    }

    @Test func `secrets do not describe themselves`() {
        let credential = Credential.password(username: "u", password: Secret("hunter2"))
        for text in ["\(credential)", String(reflecting: credential)] { #expect(!text.contains("hunter2")) }
        var dumped = ""
        dump(credential, to: &dumped)
        #expect(!dumped.contains("hunter2"))
    }
}
