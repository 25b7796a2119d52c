// SPDX-License-Identifier: Apache-2.0

/// A plain ustar writer, apart from the product's own so that one checks the other.
public enum TestTar {
    /// A member of an archive; for those without contents `type` says what it is.
    public struct Member: Sendable {
        public var path: String
        public var contents: [UInt8]
        public var type: Character
        public var link: String

        public init(_ path: String, _ contents: [UInt8] = [], type: Character = "0", link: String = "") {
            self.path = path
            self.contents = contents
            self.type = type
            self.link = link
        }
    }

    public static func archive(_ files: [String: [UInt8]]) -> [UInt8] {
        archive(files.sorted { $0.key < $1.key }.map { Member($0.key, $0.value) })
    }

    /// Members in that order, however little sense they make.
    public static func archive(_ members: [Member]) -> [UInt8] {
        var archive: [UInt8] = []
        for member in members {
            archive += header(path: member.path, size: member.contents.count, type: member.type, link: member.link)
            archive += member.contents
            archive += [UInt8](repeating: 0, count: (512 - member.contents.count % 512) % 512)
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
