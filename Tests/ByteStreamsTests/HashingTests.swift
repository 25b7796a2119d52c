// SPDX-License-Identifier: Apache-2.0
import OCI
import Testing

@testable import ByteStreams

@Suite struct HashingTests {
    // FIPS 180-4 examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `known digests`(text: String, hex: String) {
        #expect(SHA256Hasher.digest(of: Array(text.utf8)).hex == hex)
    }

    @Test func `finalize leaves the hasher usable`() {
        var hasher = SHA256Hasher()
        hasher.update(Array("a".utf8))
        _ = hasher.finalize()
        hasher.update(Array("bc".utf8))
        #expect(hasher.finalize() == SHA256Hasher.digest(of: Array("abc".utf8)))
    }

    @Test(arguments: [0, 1, 55, 63, 64, 65, 127, 128, 9999])
    func `a saved hash goes on to the same digest`(cut: Int) throws {
        let data = Samples.text(10_000)
        var first = SHA256Hasher()
        first.update(Array(data[..<cut]))
        let saved = first.midstate.serialized
        let restored = try #require(SHA256Midstate(serialized: saved))
        #expect(restored.byteCount == UInt64(cut))
        var second = SHA256Hasher(resuming: restored)
        second.update(Array(data[cut...]))
        #expect(second.finalize() == SHA256Hasher.digest(of: data))
        #expect(second.byteCount == 10_000)
    }

    @Test func `a byte count above 512 MiB survives`() throws {
        // The low word of libcrypto's bit counter overflows there.
        let midstate = SHA256Midstate(words: Array(1...8), byteCount: 5 << 32, tail: [])
        let hasher = SHA256Hasher(resuming: midstate)
        #expect(hasher.midstate == midstate)
        #expect(SHA256Midstate(serialized: midstate.serialized) == midstate)
    }

    @Test func `a damaged midstate is not taken`() {
        var hasher = SHA256Hasher()
        hasher.update(Array("abc".utf8))
        let good = hasher.midstate.serialized
        #expect(SHA256Midstate(serialized: []) == nil)
        #expect(SHA256Midstate(serialized: Array(good.dropLast())) == nil)
        #expect(SHA256Midstate(serialized: good + [0]) == nil)
        #expect(SHA256Midstate(serialized: [9] + good.dropFirst()) == nil)
    }

    @Test func `chain IDs follow the formula`() throws {
        let one = SHA256Hasher.digest(of: Array("one".utf8))
        let two = SHA256Hasher.digest(of: Array("two".utf8))
        let chain = ChainID.chain(of: [one, two, one])
        let second = SHA256Hasher.digest(of: Array("sha256:\(one.hex) sha256:\(two.hex)".utf8))
        let third = SHA256Hasher.digest(of: Array("sha256:\(second.hex) sha256:\(one.hex)".utf8))
        #expect(chain == [one, second, third])
        #expect(ChainID.chain(of: []).isEmpty)
    }
}
