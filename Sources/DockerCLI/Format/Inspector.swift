// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate

/// What `inspect` prints of the objects it found: a JSON array, or a line of a template for each.
struct Inspector: Sendable {
    private static let badTemplate = ExitCode(64)

    private enum Form {
        case indented
        case compact
        /// `strict` fails for keys that a map doesn't have.
        case template(Template, strict: Template)
    }

    private let form: Form
    private let escapesControls: Bool
    private var elements: [JSONValue] = []
    private var lines: [UInt8] = []
    /// docker makes its template strict for the first raw object, and leaves it so.
    private var hasFallenBack = false

    /// - Parameter escapesControls: standard output is a terminal.
    init(format: String, escapesControls: Bool = false) throws(StatusError) {
        self.escapesControls = escapesControls
        switch format {
        case "": form = .indented
        case "json": form = .compact
        default:
            do {
                let strict = try Template(format, options: TemplateOptions(missingKey: .error))
                form = .template(try Template(format), strict: strict)
            } catch {
                throw StatusError("template parsing error: \(error)", code: Self.badTemplate)
            }
        }
    }

    /// Adds an object. A template runs on the typed object, and where that fails on the raw one.
    mutating func add(_ object: InspectedObject) throws(StatusError) {
        guard case .template(let template, let strict) = form else {
            elements.append(object.raw)
            return
        }
        do {
            try run(hasFallenBack ? strict : template, on: object.typed)
        } catch {
            guard !object.isTypedOnly else { throw StatusError("template parsing error: \(error)") }
            hasFallenBack = true
            let show: (String) -> String = escapesControls ? { TerminalText.escaped($0) } : { $0 }
            do { try run(strict, on: TemplateValue(json: object.raw, text: show)) } catch {
                throw StatusError("template parsing error: \(error)")
            }
        }
    }

    /// The whole output. Without objects it is `[]`, or an empty line when there is a template.
    func output() -> [UInt8] {
        let newline = UInt8(ascii: "\n")
        switch form {
        case .template: return lines.isEmpty ? [newline] : lines
        case .indented: return shown(JSONWriter.text(.array(elements), indent: "    ")) + [newline]
        case .compact: return shown(JSONWriter.text(.array(elements))) + [newline]
        }
    }

    private mutating func run(_ template: Template, on value: TemplateValue) throws(TemplateError) {
        var line: [UInt8] = []
        try template.execute(value, into: &line)
        lines += line
        lines.append(UInt8(ascii: "\n"))
    }

    /// JSON escapes most control characters itself, but not all.
    private func shown(_ json: String) -> [UInt8] {
        Array((escapesControls ? TerminalText.escaped(json, keepingLineBreaks: true) : json).utf8)
    }
}
