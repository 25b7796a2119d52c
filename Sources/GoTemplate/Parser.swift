// SPDX-License-Identifier: Apache-2.0

/// Compiles a template's text into a `TemplateSet`, with the grammar and the errors of text/template/parse.
struct Parser {
    /// Depth of control structures and parentheses that honest templates never reach and the stack easily holds.
    static let maximumDepth = 500

    /// What ended a list of actions.
    enum Terminator { case end, otherwise }

    /// A definition under construction.
    struct Builder {
        var code: [Instruction] = []
        var isEmpty = true
    }

    let name: String
    let functions: TemplateFunctions
    var set: TemplateSet
    var lexer: Lexer
    var builder = Builder()
    /// Variables in scope, by number.
    var variables = [0]
    var rangeDepth = 0
    var depth = 0
    /// Line of the left delimiter of the action being parsed; 0 outside.
    var actionLine = 0
    /// Definitions of this text, which must not be defined twice in it.
    private var defined: [GoString: TemplateSet.Definition] = [:]
    private var order: [GoString] = []
    // Three tokens of look-ahead; the zeroth is the last one read.
    private var tokens: (Token, Token, Token)
    private var peekCount = 0

    private init(_ text: [UInt8], name: String, functions: TemplateFunctions, set: TemplateSet) {
        self.name = name
        self.functions = functions
        self.set = set
        self.lexer = Lexer(text)
        let none = Token(kind: .endOfFile, position: 0, value: [], line: 0)
        self.tokens = (none, none, none)
        self.set.addSource(text, name: name)
    }

    /// `set` with the templates of `text` in it; the text itself becomes the template `name`.
    static func parse(
        _ text: [UInt8], name: String, functions: TemplateFunctions, into set: TemplateSet
    ) throws(TemplateError) -> TemplateSet {
        var parser = Parser(text, name: name, functions: functions, set: set)
        try parser.parseText()
        try parser.finishDefinition(GoString(name))
        for name in parser.order {
            if let definition = parser.defined[name] { parser.set.define(definition) }
        }
        return parser.set
    }

    // MARK: Tokens

    mutating func next() -> Token {
        if peekCount > 0 {
            peekCount -= 1
        } else {
            tokens.0 = lexer.next()
        }
        return peekCount == 0 ? tokens.0 : peekCount == 1 ? tokens.1 : tokens.2
    }

    mutating func backUp() {
        peekCount += 1
    }

    /// Puts `first` back, which was read before the last token.
    mutating func backUp(_ first: Token) {
        tokens.1 = first
        peekCount = 2
    }

    mutating func backUp(_ first: Token, _ second: Token) {
        tokens.1 = second
        tokens.2 = first
        peekCount = 3
    }

    mutating func peek() -> Token {
        let token = next()
        backUp()
        return token
    }

    mutating func nextNonSpace() -> Token {
        var token = next()
        while token.kind == .space { token = next() }
        return token
    }

    mutating func peekNonSpace() -> Token {
        let token = nextNonSpace()
        backUp()
        return token
    }

    mutating func expect(_ kinds: Token.Kind..., in context: String) throws(TemplateError) -> Token {
        let token = nextNonSpace()
        guard kinds.contains(token.kind) else { throw unexpected(token, in: context) }
        return token
    }

    // MARK: Errors

    func failure(_ message: String) -> TemplateError {
        TemplateError(phase: .parse, message: "template: \(name):\(tokens.0.line): \(message)")
    }

    func unexpected(_ token: Token, in context: String) -> TemplateError {
        guard token.kind == .error else { return failure("unexpected \(token.description) in \(context)") }
        var extra = ""
        if actionLine != 0, actionLine != token.line {
            let subject = token.description.hasSuffix(" action") ? "" : " in action"
            extra = "\(subject) started at \(name):\(actionLine)"
        }
        return failure(token.description + extra)
    }

    // MARK: Structure

    private mutating func parseText() throws(TemplateError) {
        while peek().kind != .endOfFile {
            if peek().kind == .leftDelimiter {
                let delimiter = next()
                if nextNonSpace().kind == .define {
                    try parseDefinition()
                    continue
                }
                backUp(delimiter)
            }
            if let terminator = try parseTextOrAction() {
                throw failure("unexpected {{\(terminator == .end ? "end" : "else")}}")
            }
        }
    }

    /// The `define` keyword has been read.
    private mutating func parseDefinition() throws(TemplateError) {
        let context = "define clause"
        let token = try expect(.string, .rawString, in: context)
        let name = try unquote(token)
        _ = try expect(.rightDelimiter, in: context)
        try parseBody(of: name, context: context, line: nil)
    }

    /// Parses up to `{{end}}` as a template of its own.
    mutating func parseBody(of name: GoString, context: String, line: Int?) throws(TemplateError) {
        let outer = (builder, variables, rangeDepth, actionLine)
        (builder, variables, rangeDepth, actionLine) = (Builder(), [0], 0, 0)
        let terminator = try parseList()
        guard terminator == .end else {
            if let line { tokens.0.line = line }
            throw failure("unexpected {{else}} in \(context)")
        }
        try finishDefinition(name)
        (builder, variables, rangeDepth, actionLine) = outer
    }

    private mutating func finishDefinition(_ name: GoString) throws(TemplateError) {
        builder.code.append(.leave)
        let definition = TemplateSet.Definition(name: name, code: builder.code, isEmpty: builder.isEmpty)
        if let old = defined[name], !old.isEmpty {
            guard definition.isEmpty else {
                throw failure("template: multiple definition of template \(GoQuote.quoted(name.bytes).string)")
            }
            return
        }
        if defined[name] == nil { order.append(name) }
        defined[name] = definition
    }

    /// Actions and text up to `{{end}}` or `{{else}}`.
    mutating func parseList() throws(TemplateError) -> Terminator {
        while peekNonSpace().kind != .endOfFile {
            if let terminator = try parseTextOrAction() { return terminator }
        }
        throw failure("unexpected EOF")
    }

    private mutating func parseTextOrAction() throws(TemplateError) -> Terminator? {
        let token = nextNonSpace()
        switch token.kind {
        case .text:
            emit(.text(token.value), isEmpty: Self.isSpace(token.value))
            return nil
        case .leftDelimiter:
            actionLine = token.line
            defer { actionLine = 0 }
            return try parseAction()
        default:
            throw unexpected(token, in: "input")
        }
    }

    private static func isSpace(_ text: [UInt8]) -> Bool {
        String(decoding: text, as: UTF8.self).unicodeScalars.allSatisfy(RuneClass.isSpace)
    }

    @discardableResult
    mutating func emit(_ instruction: Instruction, isEmpty: Bool = false) -> Int {
        builder.code.append(instruction)
        if !isEmpty { builder.isEmpty = false }
        return builder.code.count - 1
    }

    /// The place of the next instruction.
    var here: Int { builder.code.count }

    func unquote(_ token: Token) throws(TemplateError) -> GoString {
        guard let text = GoQuote.unquote(token.value) else { throw failure("invalid syntax") }
        return text
    }
}
