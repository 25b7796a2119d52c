// SPDX-License-Identifier: Apache-2.0

/// Go's package fmt: values as text by verbs, flags, width and precision.
struct GoFormatter {
    struct Flags {
        var width: Int?
        var precision: Int?
        var minus = false
        var plus = false
        var sharp = false
        var space = false
        var zero = false
        /// %+v and %#v, which are modes of their own rather than flags.
        var plusV = false
        var sharpV = false
    }

    var output: [UInt8] = []
    /// Output beyond this many bytes is dropped; whoever asked for it turns that into an error.
    var limit: Int
    var flags = Flags()
    /// Set while a bad verb is reported: methods are not used then.
    var isReporting = false

    init(limit: Int) {
        self.limit = limit
    }

    // MARK: Writing

    mutating func write(_ text: String) {
        output += text.utf8
    }

    mutating func write(_ bytes: [UInt8]) {
        if output.count <= limit { output += bytes }
    }

    private mutating func writePadding(_ count: Int, _ byte: UInt8) {
        if count > 0, output.count <= limit { output += repeatElement(byte, count: count) }
    }

    /// Padding with zeros when the flag says so, with spaces otherwise.
    mutating func writePadding(_ count: Int) {
        writePadding(count, flags.zero ? UInt8(ascii: "0") : UInt8(ascii: " "))
    }

    mutating func writeSpaces(_ count: Int) {
        writePadding(count, UInt8(ascii: " "))
    }

    /// Writes padded to the width, which counts runes.
    mutating func pad(_ bytes: [UInt8]) {
        guard let width = flags.width, width > 0 else { return write(bytes) }
        let padding = width - UTF8Decoding.runeCount(bytes)
        if flags.minus {
            write(bytes)
            writePadding(padding)
        } else {
            writePadding(padding)
            write(bytes)
        }
    }

    /// Pads with spaces whatever the zero flag says: numbers have handled it already.
    mutating func padWithSpaces(_ bytes: [UInt8]) {
        let zero = flags.zero
        flags.zero = false
        pad(bytes)
        flags.zero = zero
    }

    // MARK: Print

    /// fmt.Sprint: a space between operands when neither is a string.
    mutating func print(_ operands: [Slot]) {
        var previousIsString = false
        for (index, operand) in operands.enumerated() {
            let isString = operand.kind == .string
            if index > 0, !isString, !previousIsString { write(" ") }
            printArgument(operand, "v")
            previousIsString = isString
        }
    }

    /// fmt.Sprintln: always a space between operands, and a newline at the end.
    mutating func printLine(_ operands: [Slot]) {
        for (index, operand) in operands.enumerated() {
            if index > 0 { write(" ") }
            printArgument(operand, "v")
        }
        write("\n")
    }

    /// One operand of Print or of a verb.
    mutating func printArgument(_ operand: Slot, _ verb: Unicode.Scalar) {
        if operand.isNone {
            if verb == "T" || verb == "v" { pad(Array("<nil>".utf8)) } else { reportBadVerb(verb, operand) }
            return
        }
        switch verb {
        case "T": formatString(Array(operand.typeName.utf8))
        case "p": formatPointer(operand, verb)
        default: printValue(operand, verb, depth: 0)
        }
    }

    /// `%!d(string=x)`
    mutating func reportBadVerb(_ verb: Unicode.Scalar, _ operand: Slot) {
        isReporting = true
        write("%!\(verb)(")
        if operand.isNone {
            write("<nil>")
        } else {
            write(operand.typeName + "=")
            printValue(operand, "v", depth: 0)
        }
        write(")")
        isReporting = false
    }
}
