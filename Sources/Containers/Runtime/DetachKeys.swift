// SPDX-License-Identifier: Apache-2.0

/// The key sequence that lets go of a container's terminal, and its recognition in a stream of bytes.
public struct DetachKeys: Sendable, Equatable {
    /// The bytes of the sequence; empty never matches.
    public let bytes: [UInt8]
    private var matched = 0

    /// ctrl-p, ctrl-q.
    public static let standard = DetachKeys(bytes: [16, 17])

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Parses docker's notation: single characters and `ctrl-X` with X a letter or one of `@ [ \ ] ^ _`, by commas.
    public init(parsing text: String) throws(ContainerError) {
        var bytes: [UInt8] = []
        for key in text.split(separator: ",", omittingEmptySubsequences: false) {
            if let byte = key.utf8.first, key.utf8.count == 1 {
                bytes.append(byte)
                continue
            }
            guard key.hasPrefix("ctrl-"), key.utf8.count == 6, let letter = key.lowercased().utf8.last,
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) || "@[\\]^_".utf8.contains(letter)
            else { throw .syntax("Invalid detach keys (\(text)) provided") }
            bytes.append(letter & 0x1f)
        }
        self.init(bytes: bytes)
    }

    /// Takes typed bytes and gives those to pass on; a begun sequence is held back until it is decided.
    ///
    /// - Returns: the bytes to send, and whether the sequence was completed.
    mutating func filter(_ input: ArraySlice<UInt8>) -> (output: [UInt8], isComplete: Bool) {
        guard !bytes.isEmpty else { return (Array(input), false) }
        var output: [UInt8] = []
        for byte in input {
            if byte == bytes[matched] {
                matched += 1
                if matched == bytes.count {
                    matched = 0
                    return (output, true)
                }
                continue
            }
            output += bytes[..<matched]
            matched = byte == bytes[0] ? 1 : 0
            if matched == 0 { output.append(byte) }
        }
        return (output, false)
    }
}
