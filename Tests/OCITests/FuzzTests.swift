// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import OCI
import TestSupport
import Testing

/// Random and mutated input: nothing may trap, and what is accepted must survive being written and read again.
///
/// `DOCKERLITE_FUZZ_ITERATIONS` sets how many inputs each parser gets, `DOCKERLITE_FUZZ_SEED` repeats a run.
struct FuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let iterations = environment["DOCKERLITE_FUZZ_ITERATIONS"].flatMap(Int.init) ?? 4_000
    private static let seed =
        environment["DOCKERLITE_FUZZ_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: .min ... .max)

    private static let hex = String(repeating: "0123456789abcdef", count: 4)
    private static let referenceSeeds = [
        "alpine", "docker.io/library/alpine:3.20", "localhost:5000/a/b_c/d--e:Tag@sha256:\(hex)", "[::1]:80/x", hex,
        "Foo/bar", "\u{212A}/é\u{301}:\u{130}",
    ]
    private static let documentSeeds = [
        #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"#
            + #""application/vnd.oci.image.config.v1+json","digest":"sha256:\#(hex)","size":12},"layers":[{"mediaType":"#
            + #""application/vnd.oci.image.layer.v1.tar+gzip","digest":"sha256:\#(hex)","size":3,"urls":["https://a"]}]}"#,
        #"{"schemaVersion":2,"manifests":[{"mediaType":"a/b","digest":"sha256:\#(hex)","size":1,"platform":{"os":"linux"}}]}"#,
        #"{"architecture":"amd64","os":"linux","created":"2024-01-01T00:00:00Z","config":{"Env":["A=b"],"Volumes":{"/v":{}},"#
            + #""Healthcheck":{"Test":["NONE"],"Interval":1}},"history":[{"created_by":"x\u0041"}],"#
            + #""rootfs":{"type":"layers","diff_ids":["sha256:\#(hex)"]}}"#,
    ]
    private static let tokens = [
        "{", "}", "[", "]", ":", ",", "\"", "null", "-1", "1e9", "9223372036854775808", "\\ud800", "/", "@", "sha256:",
        ".",
        "__", "é", "\u{FFFF}", "\0", "A", "\"layers\":", "\"manifests\":[]",
    ].map { Array($0.utf8) }

    private static func mutate(_ seed: String, _ random: inout SplitMix) -> [UInt8] {
        var bytes = Array(seed.utf8)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let position = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, position + Int.random(in: 0...8, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.removeSubrange(position..<end)
            case 1: bytes.insert(contentsOf: bytes[position..<end], at: position)
            case 2: bytes.insert(contentsOf: tokens.randomElement(using: &random) ?? [], at: position)
            case 3: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: position)
            default: bytes.removeSubrange(end...)
            }
        }
        return bytes
    }

    private static func run(_ seeds: [String], _ body: ([UInt8]) throws -> Void) rethrows {
        var random = SplitMix(seed: seed)
        for _ in 0..<iterations {
            guard let text = seeds.randomElement(using: &random) else { return }
            try body(mutate(text, &random))
        }
    }

    @Test func `references survive being written and read again`() {
        Self.run(Self.referenceSeeds) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            _ = try? Platform(parsing: text)
            _ = try? GlobPattern(text).matches("library/alpine:latest")
            guard let reference = try? Reference(normalizing: text) else { return }
            let again = try? Reference(normalizing: reference.canonical)
            #expect(again == reference, "seed \(Self.seed): \(text.debugDescription)")
        }
    }

    @Test func `no document makes a parser trap`() {
        Self.run(Self.documentSeeds) { bytes in
            if let document = try? ManifestDocument.parse(bytes, contentType: nil),
                case .manifest(let manifest) = document
            {
                #expect(manifest.layers.allSatisfy { $0.size >= 0 }, "seed \(Self.seed)")
            }
            _ = try? ManifestDocument.parse(bytes, contentType: .dockerManifestList)
            _ = try? ImageConfig(parsing: bytes)
            _ = try? Descriptor(parsing: bytes)
        }
    }

    @Test func `our reader takes no JSON that Foundation's refuses`() {
        Self.run(Self.documentSeeds) { bytes in
            // Foundation refuses what isn't UTF-8, lone surrogates and numbers that are no Double; Go and we don't here.
            guard let text = String(validating: bytes, as: UTF8.self), !text.contains("\\u"),
                let value = try? JSONParser.parse(bytes), Self.isFinite(value)
            else { return }
            let object = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            #expect(object != nil, "seed \(Self.seed): \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    private static func isFinite(_ value: JSONValue) -> Bool {
        switch value {
        case .number(let text): Double(text)?.isFinite ?? false
        case .array(let values): values.allSatisfy(isFinite)
        case .object(let members): members.allSatisfy { isFinite($0.value) }
        default: true
        }
    }
}
