// SPDX-License-Identifier: Apache-2.0
import GoTemplate

/// One row of a listing: the object that a format's template runs on, a `*formatter.…Context` in docker.
protocol ListingRow: TemplateObject {
    /// Everything a template may ask for and `json` shows.
    static var columns: [ListingColumn] { get }

    /// The value of one of the columns.
    func value(of column: String) -> TemplateValue?

    /// docker's `.Label "key"`; nil for rows without that method.
    var label: (@Sendable (_ key: String) -> String)? { get }
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
    var label: (@Sendable (_ key: String) -> String)? { nil }

    func member(_ name: String) -> TemplateMember? {
        if let value = value(of: name) { return .method(value) }
        switch name {
        case "Label": return label.map(Self.function)
        // A method of docker's rows that has nothing to say outside of headers.
        case "FullHeader": return .method(.null)
        default: return nil
        }
    }

    var jsonValue: TemplateValue {
        .map(TemplateMap(Self.columns.map { (GoString($0.name), value(of: $0.name) ?? .null) }))
    }

    private static func function(_ body: @escaping @Sendable (String) -> String) -> TemplateMember {
        .function(
            TemplateFunction([.string], returning: .string) { arguments throws(TemplateFunction.Failure) in
                guard case .string(let argument) = arguments[0] else { return .string("") }
                return .string(body(argument.string))
            })
    }
}
