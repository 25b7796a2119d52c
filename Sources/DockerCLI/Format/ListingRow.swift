// SPDX-License-Identifier: Apache-2.0
import GoTemplate

/// One row of a listing: the object that a format's template runs on, a `*formatter.…Context` in docker.
protocol ListingRow: TemplateObject {
    /// Everything a template may ask for and `json` shows.
    static var columns: [ListingColumn] { get }

    /// The value of one of the columns.
    func value(of column: String) -> TemplateValue?
}

/// A column of a listing: the name in templates, and the heading in tables; nil where docker has none.
struct ListingColumn: Sendable {
    let name: String
    let heading: String?

    init(_ name: String, _ heading: String?) {
        self.name = name
        self.heading = heading
    }
}

extension ListingRow {
    func member(_ name: String) -> TemplateMember? {
        value(of: name).map { .method($0) }
    }

    var jsonValue: TemplateValue {
        .map(TemplateMap(Self.columns.map { (GoString($0.name), value(of: $0.name) ?? .null) }))
    }

    /// docker's `.Label "key"`: a template function over labels.
    static func label(of labels: [String: String], shown: @escaping @Sendable (String) -> String) -> TemplateMember {
        .function(
            TemplateFunction([.string], returning: .string) { arguments throws(TemplateFunction.Failure) in
                guard case .string(let key) = arguments[0] else { return .string("") }
                return .string(shown(labels[key.string] ?? ""))
            })
    }
}
