// SPDX-License-Identifier: Apache-2.0

/// A container's identity: 32 random bytes, written as 64 lower-case hexadecimal digits.
public struct ContainerID: Hashable, Sendable, Comparable {
    public let hex: String

    /// The first 12 digits, as `ps` shows them.
    public var short: String { String(hex.prefix(12)) }

    /// `nil` unless `text` is 64 lower-case hexadecimal digits, so that an ID is always a safe file name.
    public init?(_ text: String) {
        guard text.utf8.count == 64, text.utf8.allSatisfy(Self.isHex) else { return nil }
        hex = text
    }

    /// A new ID. Its first 12 digits are never all decimal: docker avoids those because a hostname made of digits
    /// confuses resolvers.
    public static func random(using generator: inout some RandomNumberGenerator) -> ContainerID {
        while true {
            let digits = Array("0123456789abcdef".utf8)
            let bytes = (0..<64).map { _ in digits[Int.random(in: 0..<16, using: &generator)] }
            guard bytes.prefix(12).contains(where: { $0 >= UInt8(ascii: "a") }) else { continue }
            if let id = ContainerID(String(decoding: bytes, as: UTF8.self)) { return id }
        }
    }

    public static func < (left: ContainerID, right: ContainerID) -> Bool { left.hex < right.hex }

    static func isHex(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}

extension ContainerID: CustomStringConvertible {
    public var description: String { hex }
}

extension ContainerID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = ContainerID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a container ID")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
