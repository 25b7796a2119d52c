// SPDX-License-Identifier: Apache-2.0

/// A Go struct or pointer whose fields and methods a template reads by name, such as one row of a listing.
///
/// Members are looked up while the template runs, so a row computes only what the format asks for.
public protocol TemplateObject: Sendable {
    /// The Go type, as errors show it: `*formatter.imageContext`.
    var goTypeName: String { get }

    /// The field or method `name`, or nil when the type has none.
    func member(_ name: String) -> TemplateMember?

    /// What `json` writes in place of the object. Like Go's MarshalJSON of docker's rows, it is escaped for HTML.
    var jsonValue: TemplateValue { get }

    /// What `{{.}}` and `printf` print: normally a struct.
    var printedValue: TemplateValue { get }
}

extension TemplateObject {
    public var jsonValue: TemplateValue { printedValue }
    public var printedValue: TemplateValue { .typed(TypedValue(.structure([]), .fields([]))) }
}

/// What a name means on a `TemplateObject`.
public enum TemplateMember: Sendable {
    /// A struct's field: it takes no arguments and its type is that of the value.
    case field(TemplateValue)
    /// The result of a method without parameters.
    case method(TemplateValue)
    /// A method with parameters, such as docker's `.Label "key"`.
    case function(TemplateFunction)
}
