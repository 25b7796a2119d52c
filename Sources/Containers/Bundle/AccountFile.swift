// SPDX-License-Identifier: Apache-2.0

/// Bounded parsing of passwd(5) and group(5) files.
enum AccountFile {
    /// No account file of a real system is near this; a larger one is cut, not read (moby CVE-2026-47262).
    static let sizeLimit = 4 << 20
    /// Longer lines are skipped.
    static let lineLimit = 64 << 10
    static let largestID: UInt32 = 0x7fff_ffff

    /// The fields of each line that isn't empty, a comment or too long.
    static func lines(of bytes: [UInt8]) -> [[String]] {
        bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            guard line.count <= lineLimit, line.first != UInt8(ascii: "#") else { return nil }
            return line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    /// The ID that `text` is; `nil` when it isn't a number at all.
    static func number(_ text: String) throws(ContainerError) -> UInt32? {
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        guard let value = UInt32(text), value <= largestID else {
            throw .invalid("uids and gids must be in range 0-\(largestID)")
        }
        return value
    }

    static func id(_ field: String) -> UInt32? {
        guard let value = UInt32(field), value <= largestID else { return nil }
        return value
    }
}
