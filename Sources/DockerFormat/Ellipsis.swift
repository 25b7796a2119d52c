// SPDX-License-Identifier: Apache-2.0

/// Shortens text for table cells, as docker does.
public enum Ellipsis {
    /// `text` if it fits in `columns` terminal columns, else its start and `…`. One column holds the first scalar
    /// alone, whatever its width. Each scalar counts: 2 when wide, else 1, combining marks too (docker's rule here,
    /// unlike the one for aligning tables).
    public static func shorten(_ text: String, columns: Int) -> String {
        guard columns > 0 else { return "" }
        let scalars = text.unicodeScalars
        if columns == 1 { return String(String.UnicodeScalarView(scalars.prefix(1))) }
        if text.utf8.count <= columns { return text }
        var width = 0
        var kept = scalars.startIndex
        for index in scalars.indices {
            width += DisplayWidth.isWide(scalars[index]) ? 2 : 1
            if width < columns { kept = scalars.index(after: index) }
            if width > columns {
                // Docker leaves text alone whose first scalar does not fit beside the ellipsis.
                return kept == scalars.startIndex ? text : String(scalars[..<kept]) + "…"
            }
        }
        return text
    }

    /// An ID without its algorithm, at most 12 characters: `sha256:0123456789abcdef…` → `0123456789ab`.
    public static func shortID(_ id: String) -> String {
        var id = id
        return id.withUTF8 { bytes in
            let hex = bytes.firstIndex(of: UInt8(ascii: ":")).map { bytes[($0 + 1)...] } ?? bytes[...]
            return String(decoding: hex.prefix(12), as: UTF8.self)
        }
    }
}
