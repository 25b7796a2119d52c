// SPDX-License-Identifier: Apache-2.0

/// A template of nothing but text and fields, `{{.ID}}: {{.Tag}}`, as most formats are. A listing of thousands of rows
/// saves the evaluator for those that need it.
struct PlainTemplate: Sendable {
    private enum Part: Sendable {
        case text([UInt8])
        case field(String)
    }

    private var parts: [Part] = []

    /// Nil for a template that does more.
    init?(_ name: GoString, in set: TemplateSet) {
        guard let index = set.definitionIndex[name] else { return nil }
        for instruction in set.definitions[index].code {
            switch instruction {
            case .text(let text): parts.append(.text(text))
            case .action(_, let pipe, prints: true):
                guard let name = Self.field(set.nodes[pipe], in: set) else { return nil }
                parts.append(.field(name))
            case .leave: return
            default: return nil
            }
        }
    }

    private static func field(_ pipe: Node, in set: TemplateSet) -> String? {
        guard case .pipe(let declarations, _, let commands) = pipe, declarations.isEmpty, commands.count == 1,
            case .command(let words) = set.nodes[commands[0]], words.count == 1,
            case .field(let names) = set.nodes[words[0]], names.count == 1
        else { return nil }
        return names[0].text
    }

    /// Appends the output for an object whose fields are all strings.
    /// - Returns: false, with nothing written, when the evaluator has to see to it.
    func execute(_ value: TemplateValue, into output: inout [UInt8], limit: Int) -> Bool {
        guard case .object(let object) = value else { return false }
        let start = output.count
        for part in parts {
            switch part {
            case .text(let text): output += text
            case .field(let name):
                switch object.member(name) {
                case .method(.string(let text)), .field(.string(let text)): output += text.bytes
                default:
                    output.removeLast(output.count - start)
                    return false
                }
            }
        }
        if output.count - start > limit {
            output.removeLast(output.count - start)
            return false
        }
        return true
    }
}
