// SPDX-License-Identifier: Apache-2.0

/// What stands between `{{` and `}}`: control structures and plain pipelines.
extension Parser {
    /// The left delimiter has been read.
    mutating func parseAction() throws(TemplateError) -> Terminator? {
        let token = nextNonSpace()
        switch token.kind {
        case .block: try parseBlock()
        case .breakKeyword: try parseLoopControl("{{break}}", .breakLoop)
        case .continueKeyword: try parseLoopControl("{{continue}}", .continueLoop)
        case .elseKeyword: return try parseElse()
        case .end:
            _ = try expect(.rightDelimiter, in: "end")
            return .end
        case .ifKeyword: try parseBranch("if")
        case .range: try parseRange()
        case .template: try parseTemplate()
        case .with: try parseBranch("with")
        default:
            backUp()
            let position = peek().position
            let pipe = try parsePipeline("command", end: .rightDelimiter)
            let action = set.add(.action(pipe), at: position)
            emit(.action(action, pipe: pipe, prints: !declaresVariables(pipe)))
        }
        return nil
    }

    private func declaresVariables(_ pipe: Node.ID) -> Bool {
        if case .pipe(let declarations, _, _) = set.nodes[pipe] { return !declarations.isEmpty }
        return false
    }

    private mutating func parseLoopControl(_ name: String, _ instruction: Instruction) throws(TemplateError) {
        let token = nextNonSpace()
        guard token.kind == .rightDelimiter else { throw unexpected(token, in: name) }
        guard rangeDepth > 0 else { throw failure("\(name) outside {{range}}") }
        emit(instruction)
    }

    /// `{{else if …}}` and `{{else with …}}` leave their keyword to be read.
    private mutating func parseElse() throws(TemplateError) -> Terminator {
        let kind = peekNonSpace().kind
        if kind != .ifKeyword, kind != .with {
            _ = try expect(.rightDelimiter, in: "else")
        }
        return .otherwise
    }

    private mutating func enterNesting() throws(TemplateError) {
        depth += 1
        if depth > Self.maximumDepth { throw failure("exceeded maximum nesting depth (\(Self.maximumDepth))") }
    }

    /// `if` or `with`, with the chain of `else if` or `else with` that follows it; all share one `{{end}}`.
    private mutating func parseBranch(_ keyword: String) throws(TemplateError) {
        try enterNesting()
        let scope = variables.count
        var jumpsToEnd: [Int] = []
        var openScopes = 0
        while true {
            let pipe = try parsePipeline(keyword, end: .rightDelimiter)
            let branch = emit(.branch(pipe: pipe, setsDot: keyword == "with", otherwise: 0))
            openScopes += 1
            let terminator = try parseList()
            jumpsToEnd.append(emit(.jump(0)))
            builder.code[branch] = .branch(pipe: pipe, setsDot: keyword == "with", otherwise: here)
            guard terminator == .otherwise else { break }
            if peek().kind == (keyword == "if" ? .ifKeyword : .with) {
                _ = next()
                continue
            }
            try parseLastElse()
            break
        }
        closeBranch(jumpsToEnd, openScopes: openScopes)
        variables.removeLast(variables.count - scope)
        depth -= 1
    }

    /// Each taken branch closes the scopes that were opened up to it: the later the branch, the more.
    private mutating func closeBranch(_ jumps: [Int], openScopes: Int) {
        for index in stride(from: openScopes - 1, through: 0, by: -1) {
            // The body of branch `index` enters the run of closeScope where index + 1 of them are left.
            builder.code[jumps[index]] = .jump(here)
            emit(.closeScope)
        }
    }

    private mutating func parseLastElse() throws(TemplateError) {
        guard try parseList() == .end else { throw failure("expected end; found {{else}}") }
    }

    private mutating func parseRange() throws(TemplateError) {
        try enterNesting()
        let scope = variables.count
        let pipe = try parsePipeline("range", end: .rightDelimiter)
        let start = emit(.range(pipe: pipe, otherwise: 0))
        rangeDepth += 1
        let terminator = try parseList()
        rangeDepth -= 1
        let next = emit(.next(body: start + 1, end: 0))
        builder.code[start] = .range(pipe: pipe, otherwise: here)
        if terminator == .otherwise { try parseLastElse() }
        emit(.closeScope)
        builder.code[next] = .next(body: start + 1, end: here)
        variables.removeLast(variables.count - scope)
        depth -= 1
    }

    /// `{{block "name" pipeline}} … {{end}}` defines the template and calls it.
    private mutating func parseBlock() throws(TemplateError) {
        try enterNesting()
        let context = "block clause"
        let token = nextNonSpace()
        let name = try parseTemplateName(token, in: context)
        let pipe = try parsePipeline(context, end: .rightDelimiter)
        try parseBody(of: name, context: context, line: token.line)
        emit(.call(set.add(.template(name, pipe), at: token.position)))
        depth -= 1
    }

    private mutating func parseTemplate() throws(TemplateError) {
        let context = "template clause"
        let token = nextNonSpace()
        let name = try parseTemplateName(token, in: context)
        var pipe: Node.ID?
        if nextNonSpace().kind != .rightDelimiter {
            backUp()
            pipe = try parsePipeline(context, end: .rightDelimiter)
        }
        emit(.call(set.add(.template(name, pipe), at: token.position)))
    }

    private func parseTemplateName(_ token: Token, in context: String) throws(TemplateError) -> GoString {
        guard token.kind == .string || token.kind == .rawString else { throw unexpected(token, in: context) }
        return try unquote(token)
    }
}
