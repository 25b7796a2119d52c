// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RegistryClient

struct AuthChallengeTests {
    private func parse(_ headers: String...) -> [AuthChallenge] {
        AuthChallenge.parse(headers)
    }

    @Test func `a quoted comma belongs to its value`() {
        let challenges = parse(
            #"Bearer realm="https://auth.example/token",service="reg",scope="repository:a:pull,push""#)
        #expect(challenges.count == 1)
        #expect(challenges.first?.scheme == "bearer")
        #expect(challenges.first?.parameters["scope"] == "repository:a:pull,push")
        #expect(challenges.first?.parameters["realm"] == "https://auth.example/token")
    }

    @Test func `several challenges may share a header`() {
        let challenges = parse(#"Bearer realm="r1", service="s" , Basic realm="the \"quoted\" one", Negotiate"#)
        #expect(challenges.map(\.scheme) == ["bearer", "basic", "negotiate"])
        #expect(challenges[1].parameters["realm"] == #"the "quoted" one"#)
        #expect(challenges[2].parameters.isEmpty)
    }

    @Test func `several headers give their challenges in order`() {
        #expect(parse("Basic realm=x", "Bearer realm=y").map(\.scheme) == ["basic", "bearer"])
    }

    @Test func `unquoted urls and odd spacing are read`() {
        let challenges = parse("BEARER  Realm = https://a.example/t?x=1 ,SERVICE=reg")
        #expect(challenges.first?.parameters["realm"] == "https://a.example/t?x=1")
        #expect(challenges.first?.parameters["service"] == "reg")
    }

    @Test func `of a repeated parameter the first counts`() {
        #expect(parse("Bearer realm=a,realm=b").first?.parameters["realm"] == "a")
    }

    @Test(arguments: [
        "", ",", "=", "Bearer", "Bearer realm", "Bearer realm=", #"Bearer realm="open"#, #"Bearer realm="a\"#,
        "Bearer =x", ",,,,Basic", "\u{1}\u{2}", "Bearer realm=\"\u{ff}",
    ])
    func `malformed headers give no realm`(header: String) {
        #expect(parse(header).allSatisfy { $0.parameters["realm"]?.isEmpty ?? true })
    }

    @Test func `hostile headers are bounded`() {
        #expect(parse(String(repeating: "Basic ", count: 100_000)).count == 16)
        let long = "Bearer " + (0..<10_000).map { "p\($0)=v" }.joined(separator: ",")
        #expect(parse(long).first.map { $0.parameters.count <= 32 } == true)
        let many = AuthChallenge.parse(Array(repeating: "Basic realm=x", count: 1000))
        #expect(many.count == 16)
    }

    @Test func `bearer is chosen over basic wherever it stands`() {
        #expect(
            AuthScheme(parse("Basic realm=x, Bearer realm=https://t.example/,service=s"))
                == .bearer(realm: "https://t.example/", service: "s"))
        #expect(AuthScheme(parse("Bearer service=s, Basic realm=x")) == .basic)
        #expect(AuthScheme(parse("Negotiate")) == nil)
    }
}
