// SPDX-License-Identifier: Apache-2.0
import GoTemplate

/// A row of `diff`: a path that a container changed.
struct ChangeRow: ListingRow {
    enum Kind: Int, Sendable {
        case changed = 0
        case added = 1
        case deleted = 2

        var letter: String {
            switch self {
            case .changed: "C"
            case .added: "A"
            case .deleted: "D"
            }
        }
    }

    var kind: Kind
    var path: String
    var style: RowStyle

    var goTypeName: String { "*container.diffContext" }

    static let columns = [ListingColumn("Path", "PATH"), ListingColumn("Type", "CHANGE TYPE")]

    static func format(_ source: String) -> String {
        source == ListingFormat.defaultSource ? "table {{.Type}}\t{{.Path}}" : source
    }

    func value(of column: String) -> TemplateValue? {
        switch column {
        case "Type": .string(kind.letter)
        case "Path": .string(style.foreign(path))
        default: nil
        }
    }
}
