// SPDX-License-Identifier: Apache-2.0

/// A step of a compiled template. Control structures become jumps, so that executing them needs no recursion.
enum Instruction: Sendable {
    case text([UInt8])
    /// Evaluates the pipeline of an action and prints its value unless it declares variables.
    case action(Node.ID, pipe: Node.ID, prints: Bool)
    /// `if` and `with`: opens a scope and goes to `otherwise` when the value is not true.
    case branch(pipe: Node.ID, setsDot: Bool, otherwise: Int)
    case jump(Int)
    case closeScope
    /// Opens a loop, or a scope that goes to `otherwise` when there is nothing to iterate over.
    case range(pipe: Node.ID, otherwise: Int)
    /// Goes to the loop's body again, or closes the loop and goes to `end`.
    case next(body: Int, end: Int)
    case breakLoop
    case continueLoop
    case call(Node.ID)
    case leave
}
