// SPDX-License-Identifier: Apache-2.0

/// A plain ustar writer, apart from the product's own so that one checks the other.
public enum TestTar {
    public static func archive(_ files: [String: [UInt8]]) -> [UInt8] {
        var archive: [UInt8] = []
        for (path, contents) in files.sorted(by: { $0.key < $1.key }) {
            archive += header(path: path, size: contents.count, type: "0")
            archive += contents
            archive += [UInt8](repeating: 0, count: (512 - contents.count % 512) % 512)
        }
        return archive + [UInt8](repeating: 0, count: 1024)
    }

    /// One 512-byte header (POSIX.1-1988 ustar): mode 0644, owner 0, time 1 700 000 000.
    public static func header(path: String, size: Int, type: Character, link: String = "") -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        func octal(_ value: Int, digits: Int) -> String {
            let text = String(value, radix: 8)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        put(path, at: 0)
        put(octal(0o644, digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)
        put(octal(0, digits: 7), at: 116)
        put(octal(size, digits: 11), at: 124)
        put(octal(1_700_000_000, digits: 11), at: 136)
        put("        ", at: 148)
        put(String(type), at: 156)
        put(link, at: 157)
        put("ustar\u{0}00", at: 257)
        put(octal(block.reduce(0) { $0 + Int($1) }, digits: 6) + "\u{0} ", at: 148)
        return block
    }
}
