// SPDX-License-Identifier: Apache-2.0
import GoTemplate

/// What the template of a table runs on to give the header: each column's name stands for its heading, and an unknown
/// name for `<no value>` (docker's SubHeaderContext, a map).
struct HeaderRow: TemplateObject {
    let columns: [ListingColumn]

    var goTypeName: String { "formatter.SubHeaderContext" }

    func member(_ name: String) -> TemplateMember? {
        if name == "Label" { return Self.label }
        guard let heading = columns.first(where: { $0.name == name })?.heading else { return .field(.null) }
        return .field(.string(heading))
    }

    var printedValue: TemplateValue {
        let pairs = columns.compactMap { column in column.heading.map { (column.name, $0) } }
        return .stringMap(Dictionary(pairs) { first, _ in first })
    }

    /// The heading of a label is the last part of its key: `com.example.build-id` gives `build id`.
    private static let label = TemplateMember.function(
        TemplateFunction([.string], returning: .string) { arguments throws(TemplateFunction.Failure) in
            guard case .string(let key) = arguments[0] else { return .string("") }
            let last = key.bytes.lastIndex(of: UInt8(ascii: ".")).map { key.bytes[($0 + 1)...] } ?? key.bytes[...]
            let isWordBreak: (UInt8) -> Bool = { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
            return .string(GoString(bytes: last.map { isWordBreak($0) ? UInt8(ascii: " ") : $0 }))
        })
}
