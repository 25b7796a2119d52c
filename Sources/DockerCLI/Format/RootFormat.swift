// SPDX-License-Identifier: Apache-2.0
import GoTemplate

/// `--format` of a verb that shows one object, such as `info`.
struct RootFormat {
    private static let badTemplate = ExitCode(64)
    private let template: Template

    /// nil without a format.
    /// - Parameter name: what errors call the template.
    init?(_ source: String, name: String = "") throws(StatusError) {
        if source.isEmpty { return nil }
        do { template = try Template(source == "json" ? "{{json .}}" : source, name: name) } catch {
            throw StatusError("template parsing error: \(error)", code: Self.badTemplate)
        }
    }

    /// Prints the template's output and a newline, also what there is of it when the template fails.
    func print(_ value: TemplateValue, to output: Output) throws(TemplateError) {
        var text: [UInt8] = []
        defer { output.write(text + [UInt8(ascii: "\n")]) }
        try template.execute(value, into: &text)
    }
}
