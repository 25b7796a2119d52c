// SPDX-License-Identifier: Apache-2.0

/// A Go `text/template`, parsed once and executed as often as needed.
///
/// Language, output and error texts are those of Go 1.24, with which docker 28 is built. A template that recurses or
/// loops without end fails with an error (`TemplateOptions.Limits`).
///
///     let template = try Template("{{.ID}}: {{json .Tag}}")
///     var output: [UInt8] = []
///     try template.execute(.object(row), into: &output)
public struct Template: Sendable {
    /// The name that errors show; docker leaves it empty.
    public let name: String
    public let functions: TemplateFunctions
    public let options: TemplateOptions
    private var set = TemplateSet()
    private var plain: PlainTemplate?

    /// Parses `text`. Functions that are not in `functions` are errors here, not when executing.
    public init(
        _ text: String, name: String = "", functions: TemplateFunctions = .docker,
        options: TemplateOptions = TemplateOptions()
    ) throws(TemplateError) {
        self.name = name
        self.functions = functions
        self.options = options
        try parse(text)
    }

    /// Parses a further text into the template: what it defines replaces definitions of the same name, unless it is
    /// empty.
    public mutating func parse(_ text: String) throws(TemplateError) {
        set = try Parser.parse(Array(text.utf8), name: name, functions: functions, into: set)
        plain = PlainTemplate(GoString(name), in: set)
    }

    /// Appends the template's output for `value` to `output`; what was written before an error stays there.
    public func execute(_ value: TemplateValue, into output: inout [UInt8]) throws(TemplateError) {
        if let plain, plain.execute(value, into: &output, limit: options.limits.outputBytes) { return }
        var evaluator = Evaluator(set, options: options, root: Slot(value))
        swap(&evaluator.output, &output)
        evaluator.outputLimit = evaluator.output.count + options.limits.outputBytes
        defer { swap(&evaluator.output, &output) }
        try evaluator.run(GoString(name))
    }
}
