// SPDX-License-Identifier: Apache-2.0

/// The parsed form of a template and of those defined in it: tables that only grow, so that nodes are plain numbers.
struct TemplateSet: Sendable {
    /// A parsed text and its first node.
    struct Source: Sendable {
        let text: [UInt8]
        let name: String
        let firstNode: Int
    }

    struct Definition: Sendable {
        let name: GoString
        let code: [Instruction]
        /// Nothing but space: such a definition gives way to another one.
        let isEmpty: Bool
    }

    private(set) var sources: [Source] = []
    private(set) var nodes: [Node] = []
    private var positions: [Int32] = []
    private(set) var variableNames: [[UInt8]] = [[UInt8(ascii: "$")]]
    var definitions: [Definition] = []
    var definitionIndex: [GoString: Int] = [:]

    mutating func addSource(_ text: [UInt8], name: String) {
        sources.append(Source(text: text, name: name, firstNode: nodes.count))
    }

    mutating func add(_ node: Node, at position: Int) -> Node.ID {
        nodes.append(node)
        positions.append(Int32(truncatingIfNeeded: position))
        return nodes.count - 1
    }

    func position(of node: Node.ID) -> Int { Int(positions[node]) }

    /// The number of a variable's name.
    mutating func variableNumber(_ name: [UInt8]) -> Int {
        if let number = variableNames.firstIndex(of: name) { return number }
        variableNames.append(name)
        return variableNames.count - 1
    }

    /// Adds a definition or replaces that of the same name; an empty one never replaces another.
    mutating func define(_ definition: Definition) {
        guard let index = definitionIndex[definition.name] else {
            definitionIndex[definition.name] = definitions.count
            definitions.append(definition)
            return
        }
        if !definition.isEmpty { definitions[index] = definition }
    }

    /// `NAME:LINE:COLUMN` of a node, the column in bytes from 0 (parse.Tree.ErrorContext).
    func location(of node: Node.ID) -> String {
        guard let source = sources.last(where: { $0.firstNode <= node }) else { return "" }
        let before = source.text[..<min(position(of: node), source.text.count)]
        let newline = UInt8(ascii: "\n")
        let line = 1 + before.reduce(0) { $0 + ($1 == newline ? 1 : 0) }
        let column = before.count - (before.lastIndex(of: newline).map { $0 + 1 } ?? 0)
        return "\(source.name):\(line):\(column)"
    }
}
