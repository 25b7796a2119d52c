// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI
import Testing

struct DigestTests {
    private static let hex = "00112233445566778899aabbccddeeff" + "ffeeddccbbaa99887766554433221100"

    @Test func `a digest keeps its bytes in order`() throws {
        let digest = try Digest(parsing: "sha256:" + Self.hex)
        #expect(digest.bytes.prefix(4) == [0x00, 0x11, 0x22, 0x33])
        #expect(digest.bytes.suffix(2) == [0x11, 0x00])
        #expect(digest.hex == Self.hex)
        #expect(digest.description == "sha256:" + Self.hex)
        #expect(digest.short == "001122334455")
        #expect(Digest(bytes: digest.bytes) == digest)
    }

    private static let refused: [(String, DigestError)] = [
        ("", .invalidFormat),
        ("sha256", .invalidFormat),
        ("sha256:", .invalidFormat),
        (":\(hex)", .invalidFormat),
        ("sha256:\(hex.uppercased())", .invalidFormat),
        ("sha256:\(hex.dropLast())", .invalidLength),
        ("sha256:\(hex)\n", .invalidLength),
        ("sha256:../../../../../../etc/passwd", .invalidLength),
        ("sha256:\(String(repeating: "/", count: 64))", .invalidFormat),
        ("SHA256:\(hex)", .invalidFormat),
        ("sha512:\(hex)\(hex)", .unsupportedAlgorithm),
        ("md5:\(hex)", .unsupportedAlgorithm),
    ]

    @Test(arguments: refused)
    func `only sha256 with 64 lower-case hex characters is a digest`(text: String, expected: DigestError) {
        #expect(throws: expected) { try Digest(parsing: text) }
    }

    @Test func `only 32 bytes make a digest`() {
        #expect(Digest(bytes: [UInt8](repeating: 1, count: 31)) == nil)
        #expect(Digest(bytes: [UInt8](repeating: 1, count: 33)) == nil)
    }

    @Test func `digests order as their hex does`() throws {
        let texts = ["f" + Self.hex.dropFirst(), Self.hex, "0" + String(repeating: "f", count: 63)]
        let digests = try texts.map { try Digest(hex: $0) }
        #expect(digests.sorted().map(\.hex) == texts.sorted())
    }

    @Test func `a digest is a string in JSON`() throws {
        let digest = try Digest(hex: Self.hex)
        let data = try JSONEncoder().encode([digest])
        #expect(String(decoding: data, as: UTF8.self) == "[\"sha256:\(Self.hex)\"]")
        #expect(try JSONDecoder().decode([Digest].self, from: data) == [digest])
        #expect(throws: DigestError.invalidFormat) {
            try JSONDecoder().decode([Digest].self, from: Data(#"["x"]"#.utf8))
        }
    }
}
