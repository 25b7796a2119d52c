// SPDX-License-Identifier: Apache-2.0
import GoTemplate

/// The output of a template, or the text of its error.
func render(
    _ text: String, _ data: TemplateValue = .null, name: String = "", functions: TemplateFunctions = .docker,
    options: TemplateOptions = TemplateOptions()
) -> String {
    var output: [UInt8] = []
    do throws(TemplateError) {
        let template = try Template(text, name: name, functions: functions, options: options)
        try template.execute(data, into: &output)
        return String(decoding: output, as: UTF8.self)
    } catch {
        return error.message
    }
}
