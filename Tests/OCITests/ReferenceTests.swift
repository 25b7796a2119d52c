// SPDX-License-Identifier: Apache-2.0
import OCI
import Testing

struct ReferenceTests {
    private static let hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

    private static let normalized: [(String, String, String)] = [
        ("alpine", "docker.io/library/alpine", "alpine"),
        ("alpine:3.20", "docker.io/library/alpine:3.20", "alpine:3.20"),
        ("team/tool", "docker.io/team/tool", "team/tool"),
        ("docker.io/alpine", "docker.io/library/alpine", "alpine"),
        ("index.docker.io/team/tool", "docker.io/team/tool", "team/tool"),
        ("docker.io/library/x/y", "docker.io/library/x/y", "library/x/y"),
        ("localhost/app", "localhost/app", "localhost/app"),
        ("reg:5000/app:v1", "reg:5000/app:v1", "reg:5000/app:v1"),
        ("Team/tool", "Team/tool", "Team/tool"),
        ("[fd00::7]:5000/app", "[fd00::7]:5000/app", "[fd00::7]:5000/app"),
        ("localhost:5000", "docker.io/library/localhost:5000", "localhost:5000"),
        ("app:v1@sha256:\(hex)", "docker.io/library/app:v1@sha256:\(hex)", "app:v1@sha256:\(hex)"),
        ("x_y.io/app", "x_y.io/app", "x_y.io/app"),
    ]

    @Test(arguments: normalized)
    func `names are normalised and shown as docker shows them`(text: String, canonical: String, familiar: String) throws
    {
        let reference = try Reference(normalizing: text)
        #expect(reference.canonical == canonical)
        #expect(reference.familiar == familiar)
    }

    private static let refused: [(String, ReferenceError)] = [
        ("", .invalidFormat),
        (" app", .invalidFormat),
        ("app:", .invalidFormat),
        ("app@sha256:0123", .invalidFormat),
        ("app:v1:v2", .invalidFormat),
        ("a//b", .invalidFormat),
        ("a/b/", .invalidFormat),
        ("../app", .invalidFormat),
        ("app\n", .invalidFormat),
        ("app:v1\n", .invalidFormat),
        ("app\0", .invalidFormat),
        ("app\u{301}", .invalidFormat),
        ("reg.io/\u{301}app", .invalidFormat),
        ("app:\u{301}v1", .invalidFormat),
        ("App", .repositoryMustBeLowercase("library/App")),
        ("reg:5000/App:v1", .repositoryMustBeLowercase("App")),
        ("café/É", .repositoryMustBeLowercase("café/É")),
        (hex, .hexadecimalName(hex)),
        ("app@md5:\(hex)", .digest(.unsupportedAlgorithm)),
        ("app@sha512:\(hex)", .digest(.invalidLength)),
        ("app@sha256:\(hex.uppercased())", .digest(.invalidFormat)),
        ("app:\(String(repeating: "v", count: 129))", .invalidFormat),
        ("r.io/\(String(repeating: "p", count: 256))", .nameTooLong),
    ]

    @Test(arguments: refused)
    func `what is no reference is refused for docker's reason`(text: String, expected: ReferenceError) {
        #expect(throws: expected) { try Reference(normalizing: text) }
    }

    @Test func `an upper-case letter is named when nothing else is wrong`() {
        #expect(throws: ReferenceError.nameContainsUppercase) { try Reference(parsing: "r:1/App") }
        // The Kelvin sign and the dotted capital I are lower case "k" and "i" to Go.
        #expect(throws: ReferenceError.nameContainsUppercase) { try Reference(parsing: "\u{212A}\u{130}t") }
        #expect(throws: ReferenceError.invalidFormat) { try Reference(parsing: "App!") }
        #expect(throws: ReferenceError.nameEmpty) { try Reference(parsing: "") }
    }

    @Test func `a digest makes the tag be ignored`() throws {
        let both = try Reference(resolving: "app:v1@sha256:\(Self.hex)")
        #expect(both.canonical == "docker.io/library/app@sha256:\(Self.hex)")
        #expect(try Reference(resolving: "app").tag == "latest")
        #expect(try Reference(resolving: "app:v1").tag == "v1")
    }

    @Test func `sha512 digests are references but no blobs`() throws {
        let reference = try Reference(normalizing: "app@sha512:\(Self.hex)\(Self.hex)")
        let digest = try #require(reference.digest)
        #expect(digest.algorithm == "sha512")
        #expect(digest.sha256 == nil)
        #expect(try Reference(normalizing: "app@sha256:\(Self.hex)").digest?.sha256?.hex == Self.hex)
    }

    @Test func `a full digest and 64 hex characters are IDs`() throws {
        let expected = AnyReference.digest(ReferenceDigest(try Digest(hex: Self.hex)))
        #expect(try AnyReference(parsing: Self.hex) == expected)
        #expect(try AnyReference(parsing: "sha256:" + Self.hex) == expected)
        #expect(try AnyReference(parsing: "sha256:" + Self.hex.dropLast()).familiar == "sha256:" + Self.hex.dropLast())
    }

    @Test func `tags are checked when they are added`() throws {
        let reference = try Reference(normalizing: "app")
        #expect(try reference.withTag("v1").canonical == "docker.io/library/app:v1")
        for tag in ["", "-x", "a b", "é", "v1\n", String(repeating: "a", count: 129)] {
            #expect(throws: ReferenceError.invalidTag) { try reference.withTag(tag) }
        }
    }

    @Test func `references that can't be read sort last`() throws {
        let sorted = AnyReference.sort(["B", "b", "a:2", "A", "a@sha256:\(Self.hex)", Self.hex])
        #expect(
            sorted == [
                "docker.io/library/a:2", "docker.io/library/a@sha256:\(Self.hex)", "docker.io/library/b",
                "sha256:\(Self.hex)", "A", "B",
            ]
        )
    }
}
