// SPDX-License-Identifier: Apache-2.0

/// A node of an expression, or of an action that errors name. Nodes refer to each other by their place in the table.
enum Node: Sendable {
    typealias ID = Int

    /// A name after a point, as text for objects and as bytes for maps.
    struct Name: Sendable {
        let text: String
        let bytes: GoString

        init(_ bytes: [UInt8]) {
            self.text = String(decoding: bytes, as: UTF8.self)
            self.bytes = GoString(bytes: bytes)
        }
    }

    /// `.A.B`
    case field([Name])
    /// `$x.A.B`; the variable by its number in the table of names.
    case variable(Int, [Name])
    case identifier(String, TemplateFunction)
    case dot
    case null
    case bool(Bool)
    case number(NumberConstant)
    case string(GoString, quoted: [UInt8])
    /// `(pipeline).A.B`
    case chain(ID, [Name])
    case command([ID])
    case pipe(declarations: [Int], isAssignment: Bool, commands: [ID])
    case action(ID)
    case template(GoString, ID?)

    /// Whether the node is a literal, which cannot receive a pipeline's value.
    var isLiteral: Bool {
        switch self {
        case .bool, .dot, .null, .number, .string: true
        default: false
        }
    }
}
