// SPDX-License-Identifier: Apache-2.0

/// The functions a template may call, by name.
public struct TemplateFunctions: Sendable {
    private let functions: [String: TemplateFunction]

    private init(_ functions: [String: TemplateFunction]) {
        self.functions = functions
    }

    /// Go's own: and, or, not, len, index, slice, print, printf, println, html, js, urlquery, call, eq, ne, lt, le,
    /// gt, ge.
    public static let builtins = TemplateFunctions(BuiltinFunctions.table)

    /// What docker 28 has: the builtins and json, split, join, title, lower, upper, pad, truncate.
    public static let docker = builtins.adding(DockerFunctions.table)

    /// The functions with which docker renders the header of a table: the template runs on a map from field to
    /// heading, and json, split, join, title, lower, upper and truncate leave their argument as it is.
    public static let dockerTableHeader = docker.adding(DockerFunctions.headerTable)

    /// These functions with `functions` added or put in place of those of the same name.
    public func adding(_ functions: [String: TemplateFunction]) -> TemplateFunctions {
        TemplateFunctions(self.functions.merging(functions) { _, new in new })
    }

    subscript(name: String) -> TemplateFunction? { functions[name] }
}
