// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate

/// A row of `history`: a step that made the image.
struct HistoryStepRow: ListingRow {
    /// The image that ended with this step, or `<missing>`.
    var id: String
    var created: Timestamp
    var createdBy: String
    /// Bytes.
    var size: Int64
    var comment: String
    /// `--human`: sizes and ages in words.
    var isHuman: Bool
    var style: RowStyle

    /// Up to the year 2000 a time says that nobody set it: builders that want reproducible images write 1970.
    private static let firstCredibleTime = Timestamp(unixSeconds: 946_684_800)
    private static let commandColumns = 45

    var goTypeName: String { "*image.historyContext" }

    static let columns = [
        ListingColumn("Comment", "COMMENT"), ListingColumn("CreatedAt", "CREATED AT"),
        ListingColumn("CreatedBy", "CREATED BY"), ListingColumn("CreatedSince", "CREATED"),
        ListingColumn("ID", "IMAGE"), ListingColumn("Size", "SIZE"),
    ]

    static func format(_ source: String, quiet: Bool, isHuman: Bool) -> String {
        guard source == ListingFormat.defaultSource else { return source }
        if quiet { return ListingFormat.quietID }
        let time = isHuman ? "{{.CreatedSince}}" : "{{.CreatedAt}}"
        return "table {{.ID}}\t\(time)\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}"
    }

    func value(of column: String) -> TemplateValue? {
        text(of: column).map { .string($0) }
    }

    private func text(of column: String) -> String? {
        switch column {
        case "ID": style.id(id)
        case "CreatedAt": createdAt
        case "CreatedSince" where !isHuman: createdAt
        case "CreatedSince": created <= Self.firstCredibleTime ? "N/A" : style.ago(created)
        case "CreatedBy": style.short(command, columns: Self.commandColumns)
        case "Size": isHuman ? HumanSize.decimal(size, digits: 3) : String(size)
        case "Comment": style.foreign(comment)
        default: nil
        }
    }

    private var createdAt: String { created.rfc3339(in: style.zone) }

    private var command: String {
        style.foreign(String(decoding: createdBy.utf8.map { $0 == 0x09 ? 0x20 : $0 }, as: UTF8.self))
    }
}
