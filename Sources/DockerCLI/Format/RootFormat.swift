// SPDX-License-Identifier: Apache-2.0
import GoTemplate

/// `--format` of a verb that shows one object, such as `info`.
struct RootFormat {
    private static let badTemplate = ExitCode(64)
    private let template: Template

    /// nil without a format.
    init?(_ source: String) throws(StatusError) {
        if source.isEmpty { return nil }
        do { template = try Template(source == "json" ? "{{json .}}" : source) } catch {
            throw StatusError("template parsing error: \(error)", code: Self.badTemplate)
        }
    }

    /// The template's output, and a newline.
    func text(_ value: TemplateValue) throws(TemplateError) -> [UInt8] {
        var output: [UInt8] = []
        try template.execute(value, into: &output)
        return output + [UInt8(ascii: "\n")]
    }
}
