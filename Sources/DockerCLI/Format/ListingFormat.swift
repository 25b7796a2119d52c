// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate

/// What `--format` asks for, read as every listing verb of docker reads it (docker/cli, formatter.Context): a leading
/// `table` aligns the rows under a header, `json` is short for `{{json .}}`, the rest is a template for each row.
///
/// The words `table` and `raw` alone stand for formats that each verb has of its own; the verb replaces them before.
struct ListingFormat: Sendable {
    static let defaultSource = "table"
    static let raw = "raw"
    static let quietID = "{{.ID}}"

    let isTable: Bool
    private let template: Template
    /// The same template, with functions that leave the headings as they are.
    private let header: Template?

    init(_ source: String) throws(StatusError) {
        isTable = source.hasPrefix(Self.defaultSource)
        var text = source == "json" ? "{{json .}}" : source
        if isTable { text = String(text.dropFirst(Self.defaultSource.count)) }
        text = Self.unescaped(Self.trimmed(text))
        do {
            template = try Template(text)
            header = isTable ? try Template(text, functions: .dockerTableHeader) : nil
        } catch {
            throw Self.failure(error)
        }
    }

    /// All rows with a newline after each, below a header when this is a table. An error leaves no output at all.
    func text<Row: ListingRow>(_ rows: some Sequence<Row>) throws(StatusError) -> [UInt8] {
        var output = try lines(rows)
        guard let header else { return output }
        var table: [UInt8] = []
        // A header that fails ends where it failed: docker ignores the error.
        try? header.execute(.object(HeaderRow(columns: Row.columns)), into: &table)
        table.append(UInt8(ascii: "\n"))
        table.append(contentsOf: output)
        output = TabWriter().align(table)
        return output
    }

    /// One execution on the root of a report: no newline is added, no columns are aligned.
    func text(ofRoot root: TemplateValue) throws(TemplateError) -> [UInt8] {
        var output: [UInt8] = []
        try template.execute(root, into: &output)
        return output
    }

    private func lines(_ rows: some Sequence<some ListingRow>) throws(StatusError) -> [UInt8] {
        var output: [UInt8] = []
        for row in rows {
            do { try template.execute(.object(row), into: &output) } catch { throw Self.failure(error) }
            output.append(UInt8(ascii: "\n"))
        }
        return output
    }

    private static func failure(_ error: TemplateError) -> StatusError {
        StatusError("template parsing error: \(error)")
    }

    /// Without spaces at both ends; tabs and newlines stay.
    private static func trimmed(_ text: String) -> Substring {
        let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") }
        let start = text.utf8.firstIndex { !isSpace($0) } ?? text.endIndex
        let end = text.utf8.lastIndex { !isSpace($0) }.map { text.utf8.index(after: $0) } ?? start
        return text[start..<end]
    }

    /// Shells don't write tabs easily: `\t` and `\n` stand for a tab and a newline.
    private static func unescaped(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if bytes.last == UInt8(ascii: "\\"), byte == UInt8(ascii: "t") || byte == UInt8(ascii: "n") {
                bytes[bytes.count - 1] = byte == UInt8(ascii: "t") ? UInt8(ascii: "\t") : UInt8(ascii: "\n")
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
