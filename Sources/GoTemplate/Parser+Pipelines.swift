// SPDX-License-Identifier: Apache-2.0

/// Pipelines, commands and their operands.
extension Parser {
    /// Declarations, then commands separated by `|`, up to a token of kind `end`.
    mutating func parsePipeline(_ context: String, end: Token.Kind) throws(TemplateError) -> Node.ID {
        let position = peekNonSpace().position
        let (declarations, isAssignment) = try parseDeclarations(context)
        var commands: [Node.ID] = []
        while true {
            let token = nextNonSpace()
            if token.kind == end { break }
            switch token.kind {
            case .bool, .characterConstant, .complex, .dot, .field, .identifier, .number, .nilKeyword, .rawString,
                .string, .variable, .leftParenthesis:
                backUp()
                commands.append(try parseCommand())
            default:
                throw unexpected(token, in: context)
            }
        }
        try checkPipeline(commands, context)
        let pipe = Node.pipe(declarations: declarations, isAssignment: isAssignment, commands: commands)
        return set.add(pipe, at: position)
    }

    private mutating func parseDeclarations(
        _ context: String
    ) throws(TemplateError) -> (variables: [Int], isAssignment: Bool) {
        var declared: [Int] = []
        while peekNonSpace().kind == .variable {
            let variable = next()
            // A space after the variable tells an argument from a declaration, so it may have to be put back.
            let after = peek()
            let following = peekNonSpace()
            if following.kind == .assign || following.kind == .declare {
                _ = nextNonSpace()
                declared.append(declare(variable))
                return (declared, following.kind == .assign)
            }
            if following.kind == .character, following.value == [UInt8(ascii: ",")] {
                _ = nextNonSpace()
                declared.append(declare(variable))
                guard context == "range", declared.count < 2 else {
                    throw failure("too many declarations in \(context)")
                }
                switch peekNonSpace().kind {
                case .variable, .rightDelimiter, .rightParenthesis: continue
                default: throw failure("range can only initialize variables")
                }
            }
            if after.kind == .space { backUp(variable, after) } else { backUp(variable) }
            break
        }
        return (declared, false)
    }

    private mutating func declare(_ token: Token) -> Int {
        let number = set.variableNumber(token.value)
        variables.append(number)
        return number
    }

    private func checkPipeline(_ commands: [Node.ID], _ context: String) throws(TemplateError) {
        guard !commands.isEmpty else { throw failure("missing value for \(context)") }
        for (index, command) in commands.enumerated().dropFirst() {
            if case .command(let operands) = set.nodes[command], set.nodes[operands[0]].isLiteral {
                throw failure("non executable command in pipeline stage \(index + 1)")
            }
        }
    }

    /// Operands separated by spaces; the pipe after them is read, a right delimiter is not.
    private mutating func parseCommand() throws(TemplateError) -> Node.ID {
        let position = peekNonSpace().position
        var operands: [Node.ID] = []
        operands: while true {
            _ = peekNonSpace()
            if let operand = try parseOperand() { operands.append(operand) }
            let token = next()
            switch token.kind {
            case .space: continue
            case .rightDelimiter, .rightParenthesis:
                backUp()
                break operands
            case .pipe: break operands
            default: throw unexpected(token, in: "operand")
            }
        }
        guard !operands.isEmpty else { throw failure("empty command") }
        return set.add(.command(operands), at: position)
    }

    /// A term with the fields that follow it; nil when the next token starts none.
    private mutating func parseOperand() throws(TemplateError) -> Node.ID? {
        guard let term = try parseTerm() else { return nil }
        let first = peek()
        guard first.kind == .field else { return term }
        var names: [Node.Name] = []
        while peek().kind == .field { names.append(Node.Name(Array(next().value.dropFirst()))) }
        switch set.nodes[term] {
        case .field(let before): return set.add(.field(before + names), at: first.position)
        case .variable(let number, let before):
            return set.add(.variable(number, before + names), at: first.position)
        case let node where node.isLiteral:
            throw failure("unexpected . after term " + GoQuote.quoted(Array(set.text(of: term).utf8)).string)
        default: return set.add(.chain(term, names), at: first.position)
        }
    }

    private mutating func parseTerm() throws(TemplateError) -> Node.ID? {
        let token = nextNonSpace()
        switch token.kind {
        case .identifier:
            let name = String(decoding: token.value, as: UTF8.self)
            guard let function = functions[name] else {
                throw failure("function \(GoQuote.quoted(token.value).string) not defined")
            }
            return set.add(.identifier(name, function), at: token.position)
        case .dot: return set.add(.dot, at: token.position)
        case .nilKeyword: return set.add(.null, at: token.position)
        case .variable: return try parseVariable(token)
        case .field: return set.add(.field([Node.Name(Array(token.value.dropFirst()))]), at: token.position)
        case .bool: return set.add(.bool(token.value.count == 4), at: token.position)
        case .characterConstant, .complex, .number: return try parseNumber(token)
        case .leftParenthesis: return try parseParenthesis()
        case .string, .rawString:
            return set.add(.string(try unquote(token), quoted: token.value), at: token.position)
        default:
            backUp()
            return nil
        }
    }

    private mutating func parseVariable(_ token: Token) throws(TemplateError) -> Node.ID {
        let number = set.variableNumber(token.value)
        guard variables.contains(number) else {
            throw failure("undefined variable \(GoQuote.quoted(token.value).string)")
        }
        return set.add(.variable(number, []), at: token.position)
    }

    private mutating func parseNumber(_ token: Token) throws(TemplateError) -> Node.ID {
        do throws(NumberConstant.SyntaxError) {
            return set.add(.number(try NumberConstant(token.value, kind: token.kind)), at: token.position)
        } catch {
            throw failure(error.message)
        }
    }

    private mutating func parseParenthesis() throws(TemplateError) -> Node.ID {
        guard depth < Self.maximumDepth else { throw failure("max expression depth exceeded") }
        depth += 1
        defer { depth -= 1 }
        return try parsePipeline("parenthesized pipeline", end: .rightParenthesis)
    }
}
