// SPDX-License-Identifier: Apache-2.0
import OCI
import Testing

@testable import ByteStreams

@Suite struct VerifierTests {
    let data = Array("hello".utf8)
    var digest: Digest { SHA256Hasher.digest(of: data) }

    private func verify(_ bytes: [UInt8], digest: Digest, size: Int64?, cap: Int64 = .max) throws {
        var verifier = try Verifier(digest: digest, size: size, cap: cap)
        try bytes.withUnsafeBytes { try verifier.update($0) }
        try verifier.finish()
    }

    @Test func `the promised bytes pass`() throws {
        try verify(data, digest: digest, size: 5)
        try verify(data, digest: digest, size: nil, cap: 5)
        try verify([], digest: SHA256Hasher.digest(of: []), size: 0)
    }

    @Test func `size is checked before digest and both are named`() {
        #expect(throws: VerificationError.tooLong(wanted: 4, digest: digest)) {
            try verify(data, digest: digest, size: 4)
        }
        #expect(throws: VerificationError.tooShort(wanted: 6, got: 5, digest: digest)) {
            try verify(data, digest: digest, size: 6)
        }
        let other = SHA256Hasher.digest(of: [])
        let mismatch = VerificationError.digestMismatch(wanted: other, got: digest)
        #expect(throws: mismatch) { try verify(data, digest: other, size: 5) }
        #expect(mismatch.description == "digest mismatch: wanted \(other), got \(digest)")
    }

    @Test func `an endless stream stops at size plus one`() throws {
        var verifier = try Verifier(digest: digest, size: 10)
        var passed = 0
        #expect(throws: VerificationError.tooLong(wanted: 10, digest: digest)) {
            while true {
                try [UInt8(1)].withUnsafeBytes { try verifier.update($0) }
                passed += 1
            }
        }
        #expect(passed == 10)
    }

    @Test func `sizes no descriptor may have`() {
        #expect(throws: VerificationError.sizeNotAllowed(-1, cap: .max)) { try verify([], digest: digest, size: -1) }
        #expect(throws: VerificationError.sizeNotAllowed(9, cap: 8)) {
            try verify([], digest: digest, size: 9, cap: 8)
        }
    }

    @Test func `a resumed verifier counts what came before`() throws {
        var first = try Verifier(digest: digest, size: 5)
        try Array("he".utf8).withUnsafeBytes { try first.update($0) }
        var second = try Verifier(digest: digest, size: 5, resuming: first.midstate)
        #expect(second.byteCount == 2)
        try Array("llo".utf8).withUnsafeBytes { try second.update($0) }
        try second.finish()
    }
}
