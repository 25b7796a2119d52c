// SPDX-License-Identifier: Apache-2.0

/// The options block of a help page as pflag lays it out: names, value names, descriptions wrapped to a width.
struct FlagUsages {
    /// Descriptions get at least this many columns, else they start on a line of their own.
    private static let minimumWidth = 24
    /// How far a last line may stick out rather than leave a word alone.
    private static let slop = 5

    let flags: [FlagDefinition]
    /// Columns to wrap at.
    let columns: Int

    /// The block without white space at its end; empty without options.
    var text: String {
        let entries = flags.map { flag in (head: Self.head(flag), usage: Self.usage(flag)) }
        let width = entries.map(\.head.utf8.count).max() ?? 0
        let lines = entries.map { head, usage in
            let padding = String(repeating: " ", count: width - head.utf8.count + 3)
            return head + padding + wrapped(Array(usage.utf8), indent: width + 3)
        }
        var text = lines.joined(separator: "\n")
        while text.unicodeScalars.last?.properties.isWhitespace == true { text.unicodeScalars.removeLast() }
        return text
    }

    private static func head(_ flag: FlagDefinition) -> String {
        let isShort = flag.short != nil && flag.shortDeprecation == nil
        var head = isShort ? "  \(flag.title)" : "      \(flag.title)"
        let name = quotedName(in: flag.usage) ?? flag.typeName
        if !name.isEmpty { head += " " + name }
        if let bare = flag.bareArgument, !flag.typeName.isEmpty {
            head += flag.typeName == "string" ? "[=\"\(bare)\"]" : "[=\(bare)]"
        }
        return head
    }

    private static func usage(_ flag: FlagDefinition) -> String {
        let usage =
            quotedName(in: flag.usage) == nil ? flag.usage : flag.usage.replacing("`", with: "", maxReplacements: 2)
        return usage + (flag.shownDefault.map { " (default \($0))" } ?? "")
    }

    /// The value's name, when the usage text has one in back quotes.
    private static func quotedName(in usage: String) -> String? {
        let parts = usage.split(separator: "`", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count == 3 ? String(parts[1]) : nil
    }

    private func wrapped(_ usage: [UInt8], indent: Int) -> String {
        var indent = indent
        var lines: [String] = []
        if columns - indent < Self.minimumWidth {
            indent = 16
            lines.append("")
        }
        let newline = "\n" + String(repeating: " ", count: indent)
        let width = columns - indent
        if width < Self.minimumWidth {
            return String(decoding: usage, as: UTF8.self).replacing("\n", with: newline)
        }
        var rest = usage[...]
        repeat {
            let line = Self.takeLine(width - Self.slop, &rest)
            lines.append(String(decoding: line, as: UTF8.self).replacing("\n", with: newline))
        } while !rest.isEmpty
        return lines.joined(separator: newline)
    }

    /// Takes the words that fit in `width` bytes, up to a newline; all that is left if it is only a little longer or
    /// has no space to break at.
    private static func takeLine(_ width: Int, _ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let all = rest
        rest = []
        guard width + slop <= all.count else { return all }
        let head = all.prefix(width)
        let isBreak: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
        guard let space = head.lastIndex(where: isBreak), space > all.startIndex else { return all }
        var end = space
        if let newline = head.lastIndex(of: 0x0A), newline > all.startIndex { end = newline }
        rest = all[(end + 1)...]
        return all[..<end]
    }
}
