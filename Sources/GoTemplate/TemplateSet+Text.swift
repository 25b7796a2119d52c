// SPDX-License-Identifier: Apache-2.0

/// Nodes as Go writes them back in errors (parse.Node.String).
extension TemplateSet {
    func text(of node: Node.ID) -> String {
        var bytes: [UInt8] = []
        write(node, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(_ node: Node.ID, to bytes: inout [UInt8]) {
        switch nodes[node] {
        case .field(let names): write(names, to: &bytes)
        case .variable(let number, let names):
            bytes += variableNames[number]
            write(names, to: &bytes)
        case .identifier(let name, _): bytes += name.utf8
        case .dot: bytes += ".".utf8
        case .null: bytes += "nil".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .number(let constant): bytes += constant.text
        case .string(_, let quoted): bytes += quoted
        case .chain(let operand, let names):
            writeOperand(operand, to: &bytes)
            write(names, to: &bytes)
        case .command(let operands):
            for (index, operand) in operands.enumerated() {
                if index > 0 { bytes += " ".utf8 }
                writeOperand(operand, to: &bytes)
            }
        case .pipe(let declarations, _, let commands): writePipe(declarations, commands, to: &bytes)
        case .action(let pipe):
            bytes += "{{".utf8
            write(pipe, to: &bytes)
            bytes += "}}".utf8
        case .template(let name, let pipe):
            bytes += "{{template ".utf8 + GoQuote.quoted(name.bytes).bytes
            if let pipe {
                bytes += " ".utf8
                write(pipe, to: &bytes)
            }
            bytes += "}}".utf8
        }
    }

    private func write(_ names: [Node.Name], to bytes: inout [UInt8]) {
        for name in names {
            bytes += ".".utf8
            bytes += name.bytes.bytes
        }
    }

    /// Only a pipeline inside a command needs parentheses.
    private func writeOperand(_ node: Node.ID, to bytes: inout [UInt8]) {
        guard case .pipe = nodes[node] else { return write(node, to: &bytes) }
        bytes += "(".utf8
        write(node, to: &bytes)
        bytes += ")".utf8
    }

    private func writePipe(_ declarations: [Int], _ commands: [Node.ID], to bytes: inout [UInt8]) {
        for (index, declaration) in declarations.enumerated() {
            if index > 0 { bytes += ", ".utf8 }
            bytes += variableNames[declaration]
        }
        if !declarations.isEmpty { bytes += " := ".utf8 }
        for (index, command) in commands.enumerated() {
            if index > 0 { bytes += " | ".utf8 }
            write(command, to: &bytes)
        }
    }
}
