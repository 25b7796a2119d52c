// SPDX-License-Identifier: Apache-2.0

/// One execution of a template.
///
/// Errors name the node that was last looked at, so `node` is set in the very places where Go sets it.
struct Evaluator {
    struct Variable {
        let number: Int
        var slot: Slot
    }

    /// What has to be undone when a scope, a loop or a template ends.
    enum Frame {
        case scope(variables: Int, dot: Slot)
        case loop(Loop)
        case call(code: Int, next: Int, base: Int, variables: Int, dot: Slot)
    }

    let set: TemplateSet
    let options: TemplateOptions
    var output: [UInt8] = []
    var outputLimit = Int.max
    var node: Node.ID?
    var dot: Slot
    var variables: [Variable]
    private var frames: [Frame] = []
    /// First variable of the template being executed: templates do not see each other's.
    private var base = 0
    private var callDepth = 0
    private var code = 0
    private var steps = 0

    init(_ set: TemplateSet, options: TemplateOptions, root: Slot) {
        self.set = set
        self.options = options
        self.dot = root
        self.variables = [Variable(number: 0, slot: root)]
    }

    // MARK: Errors and limits

    func failure(_ message: String) -> TemplateError {
        let name = set.definitions.indices.contains(code) ? set.definitions[code].name : ""
        guard let node else {
            return TemplateError(phase: .execute, message: "template: \(name.string): \(message)")
        }
        let place = "\(set.location(of: node)): executing \(GoQuote.quoted(name.bytes).string)"
        return TemplateError(
            phase: .execute, message: "template: \(place) at <\(set.text(of: node))>: \(message)")
    }

    /// Counts work that a hostile template can ask for without end.
    mutating func charge(_ amount: Int) throws(TemplateError) {
        steps += amount
        if steps > options.limits.steps { throw failure("exceeded maximum number of steps (\(options.limits.steps))") }
    }

    func checkOutput() throws(TemplateError) {
        guard output.count > outputLimit else { return }
        throw failure("exceeded maximum output size (\(options.limits.outputBytes) bytes)")
    }

    // MARK: Running

    mutating func run(_ name: GoString) throws(TemplateError) {
        guard let start = set.definitionIndex[name] else {
            throw failure("\(GoQuote.quoted(name.bytes).string) is an incomplete or empty template")
        }
        code = start
        var instructions = set.definitions[start].code
        var place = 0
        while true {
            switch instructions[place] {
            case .call(let node):
                frames.append(
                    .call(code: code, next: place + 1, base: base, variables: variables.count, dot: dot))
                try enter(node)
                instructions = set.definitions[code].code
                place = 0
            case .leave:
                guard let next = leave() else { return }
                instructions = set.definitions[code].code
                place = next
            case let instruction:
                place = try step(instruction, at: place, in: instructions)
            }
        }
    }

    /// Executes an instruction that stays in the same template; gives the place of the next one.
    private mutating func step(
        _ instruction: Instruction, at place: Int, in instructions: [Instruction]
    ) throws(TemplateError) -> Int {
        switch instruction {
        case .text(let text):
            output += text
            try checkOutput()
        case .action(let action, let pipe, let prints):
            let value = try evaluatePipeline(pipe)
            if prints { try printValue(value, of: action) }
        case .branch(let pipe, let setsDot, let otherwise):
            frames.append(.scope(variables: variables.count, dot: dot))
            let value = try evaluatePipeline(pipe)
            guard value.truth else { return otherwise }
            if setsDot { dot = value }
        case .jump(let target): return target
        case .closeScope: closeScope()
        case .range(let pipe, let otherwise):
            return try openLoop(pipe, place: place) ? place + 1 : otherwise
        case .next(let body, let end): return try advanceLoop() ? body : end
        case .breakLoop: return leaveLoop(in: instructions, from: place)
        case .continueLoop:
            unwindToLoop()
            return nextInstruction(in: instructions)
        case .call, .leave: break
        }
        return place + 1
    }

    private mutating func closeScope() {
        guard case .scope(let count, let outer)? = frames.popLast() else { return }
        variables.removeLast(variables.count - count)
        dot = outer
    }

    // MARK: Templates

    private mutating func enter(_ call: Node.ID) throws(TemplateError) {
        guard case .template(let name, let pipe) = set.nodes[call] else { return }
        node = call
        guard let target = set.definitionIndex[name] else {
            throw failure("template \(GoQuote.quoted(name.bytes).string) not defined")
        }
        let limit = options.limits.templateDepth
        guard callDepth < limit else { throw failure("exceeded maximum template depth (\(limit))") }
        try charge(1)
        let argument = try pipe.map { (pipe) throws(TemplateError) in try evaluatePipeline(pipe) } ?? .missing
        // Variables that the pipeline declared stay with the caller.
        if case .call(let code, let next, let base, _, let outer)? = frames.popLast() {
            frames.append(.call(code: code, next: next, base: base, variables: variables.count, dot: outer))
        }
        callDepth += 1
        base = variables.count
        code = target
        dot = argument
        variables.append(Variable(number: 0, slot: argument))
    }

    /// Returns to the caller; nil at the end of the execution.
    private mutating func leave() -> Int? {
        guard case .call(let code, let next, let base, let count, let outer)? = frames.popLast() else { return nil }
        variables.removeLast(variables.count - count)
        self.code = code
        self.base = base
        dot = outer
        callDepth -= 1
        return next
    }

    // MARK: Loops

    private mutating func openLoop(_ pipe: Node.ID, place: Int) throws(TemplateError) -> Bool {
        let outer = (variables: variables.count, dot: dot)
        let value = try evaluatePipeline(pipe).indirected().slot
        var loop = Loop(value, range: place, outerVariables: outer.variables, outerDot: outer.dot)
        if case .pipe(let declarations, let isAssignment, _) = set.nodes[pipe] {
            loop.declarations = declarations
            loop.isAssignment = isAssignment
        }
        loop.bodyVariables = variables.count
        switch value.kind {
        case .slice, .array, .map: loop.count = value.count
        case .int: loop.count = Int(max(0, value.intValue))
        case .uint: loop.count = Int(clamping: value.uintValue)
        case .invalid: break
        default: throw failure("range can't iterate over " + describe(value))
        }
        if value.kind == .int || value.kind == .uint, loop.declarations.count > 1 {
            throw failure("can't use \(describe(value)) to iterate over more than one variable")
        }
        guard loop.count > 0 else {
            frames.append(.scope(variables: outer.variables, dot: outer.dot))
            return false
        }
        frames.append(.loop(loop))
        try startIteration(loop)
        return true
    }

    /// Goes to the next element of the innermost loop; closes the loop when there is none.
    private mutating func advanceLoop() throws(TemplateError) -> Bool {
        guard case .loop(var loop)? = frames.popLast() else { return false }
        loop.index += 1
        guard loop.index < loop.count else {
            variables.removeLast(variables.count - loop.outerVariables)
            dot = loop.outerDot
            return false
        }
        variables.removeLast(variables.count - loop.bodyVariables)
        frames.append(.loop(loop))
        try startIteration(loop)
        return true
    }

    private mutating func startIteration(_ loop: Loop) throws(TemplateError) {
        try charge(1)
        let (key, element) = loop.current
        dot = element
        guard let last = loop.declarations.last else { return }
        if loop.isAssignment {
            if loop.declarations.count > 1 { try setVariable(loop.declarations[0], to: key) }
            try setVariable(last, to: element)
        } else {
            variables[loop.bodyVariables - 1].slot = element
            if loop.declarations.count > 1 { variables[loop.bodyVariables - 2].slot = key }
        }
    }

    /// Drops the scopes inside the innermost loop.
    private mutating func unwindToLoop() {
        while let frame = frames.last {
            if case .loop = frame { return }
            frames.removeLast()
        }
    }

    /// The `next` instruction of the innermost loop.
    private func nextInstruction(in instructions: [Instruction]) -> Int {
        guard case .loop(let loop)? = frames.last, case .range(_, let otherwise) = instructions[loop.range] else {
            return instructions.count - 1
        }
        return otherwise - 1
    }

    private mutating func leaveLoop(in instructions: [Instruction], from place: Int) -> Int {
        unwindToLoop()
        let next = nextInstruction(in: instructions)
        guard case .loop(let loop)? = frames.popLast(), case .next(_, let end) = instructions[next] else {
            return place + 1
        }
        variables.removeLast(variables.count - loop.outerVariables)
        dot = loop.outerDot
        return end
    }

    // MARK: Variables

    mutating func setVariable(_ number: Int, to slot: Slot) throws(TemplateError) {
        for index in stride(from: variables.count - 1, through: base, by: -1) where variables[index].number == number {
            variables[index].slot = slot
            return
        }
        throw failure("undefined variable: " + String(decoding: set.variableNames[number], as: UTF8.self))
    }

    func variable(_ number: Int) throws(TemplateError) -> Slot {
        for index in stride(from: variables.count - 1, through: base, by: -1) where variables[index].number == number {
            return variables[index].slot
        }
        throw failure("undefined variable: " + String(decoding: set.variableNames[number], as: UTF8.self))
    }

    // MARK: Printing

    /// A value as `%v` prints it.
    func describe(_ slot: Slot) -> String {
        var formatter = GoFormatter(limit: options.limits.valueBytes)
        formatter.printf("%v", [slot.concrete])
        return String(decoding: formatter.output, as: UTF8.self)
    }

    private mutating func printValue(_ slot: Slot, of action: Node.ID) throws(TemplateError) {
        node = action
        switch slot.value {
        case .string(let string): output += string.bytes
        case .null: output += "<no value>".utf8
        default:
            let printed = slot.printable
            if printed.kind == .function {
                throw failure("can't print \(set.text(of: action)) of type \(slot.typeName)")
            }
            var formatter = GoFormatter(limit: options.limits.outputBytes)
            swap(&formatter.output, &output)
            formatter.limit += formatter.output.count
            formatter.print([printed])
            swap(&formatter.output, &output)
        }
        try checkOutput()
    }
}
