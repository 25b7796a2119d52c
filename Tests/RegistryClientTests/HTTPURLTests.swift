// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RegistryClient

struct HTTPURLTests {
    @Test(arguments: [
        "ftp://a/", "http://", "http:///x", "http://user@a/", "http://user:pw@a/", "http://a b/", "http://a/\u{0}",
        "http://a/\r\nX: y", "//a/x", "a/b", "http://a:0/", "http://a:99999/", "http://a:/", "file:///etc/passwd",
        "http://[::1/", "http://a/ü", "http://a\\@b/",
    ])
    func `what no registry may name is refused`(text: String) {
        #expect(HTTPURL(parsing: text) == nil)
    }

    @Test func `a presigned url stays as it is`() {
        let text = "https://s3.example:8443/b/%2Fk%20y/a~b?X-Sig=a%2Bb/c+d==&e"
        #expect(HTTPURL(parsing: text)?.description == text)
        #expect(HTTPURL(parsing: text)?.redacted == "https://s3.example:8443/b/%2Fk%20y/a~b?<redacted>")
    }

    @Test func `host and scheme ignore case, the rest does not`() {
        let url = HTTPURL(parsing: "HTTPS://Reg.Example/V2/A#frag")
        #expect(url?.description == "https://reg.example/V2/A")
        #expect(url?.origin == HTTPOrigin(scheme: .https, host: "reg.example", port: 443))
    }

    @Test func `ipv6 hosts keep their brackets`() throws {
        let url = try #require(HTTPURL(parsing: "http://[::1]:5000/v2/"))
        #expect(url.host == "::1")
        #expect(url.description == "http://[::1]:5000/v2/")
    }

    @Test(arguments: [
        ("https://o.example/x", "https://o.example/x"), ("/abs?q=1", "http://h:5000/abs?q=1"),
        ("rel", "http://h:5000/v2/a/rel"), ("?q", "http://h:5000/v2/a/b?q"), ("//o.example/y", "http://o.example/y"),
        ("a/b:c", "http://h:5000/v2/a/a/b:c"), ("/x#f", "http://h:5000/x"),
    ])
    func `locations resolve against the request`(location: String, expected: String) throws {
        let base = try #require(HTTPURL(parsing: "http://h:5000/v2/a/b?old=1"))
        #expect(base.resolving(location)?.description == expected)
    }

    @Test(arguments: ["", "ftp://x/", "mailto:x", "../up", "./x", "/a b", "javascript:x", "http://u:p@h/"])
    func `unusable locations are refused`(location: String) throws {
        let base = try #require(HTTPURL(parsing: "http://h/v2/a"))
        #expect(base.resolving(location) == nil)
    }

    @Test(arguments: [
        ("http://h/u", "http://h/u?digest=sha256%3Aab"), ("http://h/u?s=1", "http://h/u?s=1&digest=sha256%3Aab"),
        ("http://h/u?", "http://h/u?digest=sha256%3Aab"), ("http://h/u?s&", "http://h/u?s&digest=sha256%3Aab"),
    ])
    func `a query item joins what is there`(text: String, expected: String) throws {
        let url = try #require(HTTPURL(parsing: text))
        #expect(url.appending(query: "digest", "sha256:ab").description == expected)
    }
}
