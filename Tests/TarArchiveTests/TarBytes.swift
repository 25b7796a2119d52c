// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Builds archives byte by byte, lies included, independent of the writer under test.
struct TarBytes {
    private(set) var bytes: [UInt8] = []

    init() {}

    /// An entry: `size` is what the header says, whatever `content` holds.
    mutating func add(
        _ name: String, type: Character = "0", content: [UInt8] = [], link: String = "", size: Int? = nil,
        magic: String = "ustar\u{0}00", edit: (inout [UInt8]) -> Void = { _ in }
    ) {
        add(
            Array(name.utf8), type: type, content: content, link: Array(link.utf8), size: size, magic: magic, edit: edit
        )
    }

    mutating func add(
        _ name: [UInt8], type: Character = "0", content: [UInt8] = [], link: [UInt8] = [], size: Int? = nil,
        magic: String = "ustar\u{0}00", edit: (inout [UInt8]) -> Void = { _ in }
    ) {
        var header = [UInt8](repeating: 0, count: 512)
        Self.put(Array(name.prefix(100)), at: 0, in: &header)
        Self.put(Array((type == "5" ? "0000755" : "0000644").utf8), at: 100, in: &header)
        Self.put(Array("0000000".utf8), at: 108, in: &header)
        Self.put(Array("0000000".utf8), at: 116, in: &header)
        Self.put(Self.octal(size ?? content.count, 11), at: 124, in: &header)
        Self.put(Self.octal(1_000_000_000, 11), at: 136, in: &header)
        header[156] = type.asciiValue ?? 0
        Self.put(Array(link.prefix(100)), at: 157, in: &header)
        Self.put(Array(magic.utf8), at: 257, in: &header)
        edit(&header)
        Self.seal(&header)
        bytes += header
        addRaw(content)
        addRaw([UInt8](repeating: 0, count: (512 - content.count % 512) % 512))
    }

    /// A pax extended header with these records, in order.
    mutating func addPax(_ records: [(String, String)], type: Character = "x") {
        add("PaxHeader/x", type: type, content: records.flatMap { Self.paxRecord($0.0, $0.1) })
    }

    mutating func addRaw(_ raw: [UInt8]) {
        bytes += raw
    }

    /// The archive with its two zero blocks.
    var finished: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

    static func paxRecord(_ key: String, _ value: String) -> [UInt8] {
        let body = " \(key)=\(value)\n".utf8.count
        var length = body
        while String(length).count + body != length { length = String(length).count + body }
        return Array("\(length) \(key)=\(value)\n".utf8)
    }

    static func octal(_ value: Int, _ width: Int) -> [UInt8] {
        let digits = String(value, radix: 8)
        return Array((String(repeating: "0", count: max(0, width - digits.count)) + digits).utf8)
    }

    static func put(_ value: [UInt8], at offset: Int, in header: inout [UInt8]) {
        header.replaceSubrange(offset..<(offset + value.count), with: value)
    }

    /// Writes the checksum.
    static func seal(_ header: inout [UInt8]) {
        put(Array("        ".utf8), at: 148, in: &header)
        let sum = header.reduce(0) { $0 + Int($1) }
        put(octal(sum, 6) + [0, 0x20], at: 148, in: &header)
    }
}
