// SPDX-License-Identifier: Apache-2.0
import GoTemplate

/// A row of `search`: a repository that was found.
struct SearchRow: ListingRow {
    private static let descriptionColumns = 45

    var name: String
    var description: String
    var stars: Int
    var isOfficial: Bool
    var style: RowStyle

    var goTypeName: String { "*registry.searchContext" }

    static let columns = [
        ListingColumn("Description", "DESCRIPTION"), ListingColumn("IsOfficial", "OFFICIAL"),
        ListingColumn("Name", "NAME"), ListingColumn("StarCount", "STARS"),
    ]

    static func format(_ source: String) -> String {
        guard source.isEmpty || source == ListingFormat.defaultSource else { return source }
        return "table {{.Name}}\t{{.Description}}\t{{.StarCount}}\t{{.IsOfficial}}"
    }

    func value(of column: String) -> TemplateValue? {
        switch column {
        case "Name": .string(style.foreign(name))
        case "Description": .string(style.short(shownDescription, columns: Self.descriptionColumns))
        case "StarCount": .string(String(stars))
        case "IsOfficial": .string(isOfficial ? "[OK]" : "")
        default: nil
        }
    }

    /// Tables show a mark, JSON a word.
    var jsonValue: TemplateValue {
        .map(
            TemplateMap(
                Self.columns.map { column in
                    let word = column.name == "IsOfficial" ? TemplateValue.string(String(isOfficial)) : nil
                    return (GoString(column.name), word ?? value(of: column.name) ?? .null)
                }))
    }

    private var shownDescription: String {
        style.foreign(String(decoding: description.utf8.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self))
    }
}
