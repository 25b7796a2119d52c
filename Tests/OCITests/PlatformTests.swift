// SPDX-License-Identifier: Apache-2.0
import OCI
import Testing

struct PlatformTests {
    private static let parsed: [(String, String, String?)] = [
        ("linux/amd64", "linux/amd64", nil),
        ("Linux/X86_64", "linux/amd64", nil),
        ("linux/amd64/v1", "linux/amd64", nil),
        ("linux/amd64/v3", "linux/amd64/v3", nil),
        ("linux/aarch64", "linux/arm64", nil),
        ("linux/arm64/v8", "linux/arm64/v8", nil),
        ("linux/arm", "linux/arm", nil),
        ("linux/arm/7", "linux/arm/v7", nil),
        ("linux/armel", "linux/arm/v6", nil),
        ("armhf", "linux/arm", nil),
        ("i386", "linux/386", nil),
        ("macos/arm64", "darwin/arm64", nil),
        ("windows(10.0.20348)/amd64", "windows/amd64", "10.0.20348"),
        ("plan10/vax", "plan10/vax", nil),
    ]

    @Test(arguments: parsed)
    func `specifiers are read in docker's spellings`(text: String, description: String, version: String?) throws {
        let platform = try Platform(parsing: text)
        #expect(platform.description == description)
        #expect(platform.osVersion == version)
    }

    @Test func `an operating system alone takes the host's CPU`() throws {
        let platform = try Platform(parsing: "linux")
        #expect(platform == Platform(os: "linux", architecture: Platform.host.architecture))
    }

    private static let refused: [(String, String)] = [
        ("vax", #""vax": unknown operating system or architecture: invalid argument"#),
        ("a/b/c/d", #""a/b/c/d": cannot parse platform specifier: invalid argument"#),
        ("linux/*", #""linux/*": wildcards not yet supported: invalid argument"#),
        (
            "",
            #""" is an invalid OS component of "": OSAndVersion specifier component must match "#
                + #""^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.-]*)\\))?$": invalid argument"#
        ),
        (
            "linux/é",
            #""é" is an invalid component of "linux/é": platform specifier component must match "#
                + #""^[A-Za-z0-9_.-]+$": invalid argument"#
        ),
        (
            "linux/",
            #""" is an invalid component of "linux/": platform specifier component must match "#
                + #""^[A-Za-z0-9_.-]+$": invalid argument"#
        ),
    ]

    @Test(arguments: refused)
    func `what is no platform is refused with docker's text`(text: String, expected: String) throws {
        let error = try #require(throws: PlatformError.self) { try Platform(parsing: text) }
        #expect(error.description == expected)
    }

    private static func entry(_ platform: String?, _ number: UInt8, features: [String] = []) throws -> Descriptor {
        let digest = try #require(Digest(bytes: [UInt8](repeating: number, count: 32)))
        var entry = Descriptor(mediaType: .ociManifest, digest: digest, size: 1)
        if let platform {
            let parts = platform.split(separator: "/").map(String.init)
            entry.platform = Platform(
                os: parts[0], architecture: parts[1], variant: parts.count > 2 ? parts[2] : nil, osFeatures: features
            )
        }
        return entry
    }

    /// The wanted platform, the index in its order, and the place of the entry that is chosen.
    private static let selections: [(String, [String?], Int?)] = [
        ("linux/amd64/v3", ["linux/amd64", "linux/amd64/v2", "linux/amd64/v4"], 1),
        ("linux/amd64/v3", ["linux/386", "linux/amd64/v1"], 1),
        ("linux/amd64", ["linux/amd64/v2", "linux/386"], 1),
        ("linux/amd64", ["linux/arm64", "linux/x86_64"], 1),
        ("linux/arm64", ["linux/amd64", "linux/arm/v6", "linux/arm/v7"], 2),
        ("linux/arm64", ["linux/arm/v8", "linux/arm64/v8"], 1),
        ("linux/arm64/v8.2", ["linux/arm64", "linux/arm64/v8.1", "linux/arm64/v8.3"], 1),
        ("linux/arm64/v9", ["linux/arm64", "linux/arm64/v8.5", "linux/arm64/v8.6"], 1),
        ("linux/arm64/v9.1", ["linux/arm64/v8.6", "linux/arm64/v9"], 1),
        ("linux/arm/v6", ["linux/arm/v7", "linux/arm/v5"], 1),
        ("linux/arm", ["linux/arm/v5", "linux/arm/v7"], 1),
        ("linux/s390x", ["linux/amd64", "unknown/unknown"], nil),
        ("linux/riscv64", [nil, "linux/riscv64"], 1),
        ("linux/riscv64", ["linux/amd64", nil, nil], 1),
        ("linux/amd64", ["linux/amd64", "linux/amd64"], 0),
        ("linux/amd64/v999999999999", ["linux/amd64"], 0),
        ("linux/arm64/vx", ["linux/arm64", "linux/arm/vx"], 1),
    ]

    @Test(arguments: selections)
    func `the entry that suits best is chosen`(wanted: String, entries: [String?], expected: Int?) throws {
        let index = try entries.enumerated().map { try Self.entry($0.element, UInt8($0.offset)) }
        let chosen = try Platform(parsing: wanted).select(from: index)
        #expect(chosen?.digest == expected.map { index[$0].digest })
    }

    @Test func `images that need more than a plain pull gives are not chosen`() throws {
        let nydus = try Self.entry("linux/amd64", 0, features: ["nydus.remoteimage.v1"])
        var artifact = try Self.entry("linux/amd64", 1)
        artifact.artifactType = "application/vnd.nydus.image.manifest.v1+json"
        let plain = try Self.entry("linux/386", 2)
        let wanted = try Platform(parsing: "linux/amd64")
        #expect(wanted.select(from: [nydus, artifact, plain]) == plain)
        #expect(wanted.select(from: [nydus, artifact]) == nil)
    }

    @Test func `the host is a platform that it matches`() {
        #expect(Platform.host.os == "linux")
        #expect(Platform.host.matches(Platform.host))
        #expect(!Platform.host.matches(Platform(os: "plan9", architecture: Platform.host.architecture)))
        #if arch(x86_64)
            #expect(["v1", "v2", "v3", "v4"].contains(Platform.host.variant))
        #endif
    }
}
