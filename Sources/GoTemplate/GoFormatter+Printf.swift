// SPDX-License-Identifier: Apache-2.0

/// Format strings.
extension GoFormatter {
    /// The state of reading one format string.
    private struct Reader {
        let format: [UInt8]
        let operands: [Slot]
        var index = 0
        var operand = 0
        /// Whether an explicit index like [3] was just read.
        var afterIndex = false
        var isReordered = false
        var isGoodIndex = true

        var byte: UInt8? { index < format.count ? format[index] : nil }
    }

    /// The greatest width or precision that Go accepts from an operand or before a further digit.
    private static let greatest = 1_000_000

    mutating func printf(_ format: String, _ operands: [Slot]) {
        printf(Array(format.utf8), operands)
    }

    mutating func printf(_ format: [UInt8], _ operands: [Slot]) {
        var reader = Reader(format: format, operands: operands)
        while reader.index < format.count {
            reader.isGoodIndex = true
            let end = format[reader.index...].firstIndex(of: UInt8(ascii: "%")) ?? format.count
            write(Array(format[reader.index..<end]))
            reader.index = end + 1
            guard end < format.count, output.count <= limit else { break }
            guard printVerb(&reader) else { break }
        }
        if !reader.isReordered, reader.operand < operands.count { reportExtra(operands[reader.operand...]) }
    }

    /// Reads and executes what follows a percent sign; false at the end of the format.
    private mutating func printVerb(_ reader: inout Reader) -> Bool {
        readFlags(&reader)
        if let byte = reader.byte, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte),
            reader.operand < reader.operands.count
        {
            // A plain verb right after the flags.
            reader.index += 1
            printOperand(&reader, Unicode.Scalar(byte))
            return true
        }
        readIndex(&reader)
        readWidth(&reader)
        readPrecision(&reader)
        if !reader.afterIndex { readIndex(&reader) }
        guard reader.index < reader.format.count else {
            write("%!(NOVERB)")
            return false
        }
        let (verb, width, _) = UTF8Decoding.decode(reader.format, at: reader.index)
        reader.index += width
        if verb == "%" {
            write("%")
        } else if !reader.isGoodIndex {
            write("%!\(verb)(BADINDEX)")
        } else if reader.operand >= reader.operands.count {
            write("%!\(verb)(MISSING)")
        } else {
            printOperand(&reader, verb)
        }
        return true
    }

    private mutating func printOperand(_ reader: inout Reader, _ verb: Unicode.Scalar) {
        // %w is %v, but for errors only; what it complains about keeps the flags of %v.
        if verb == "v" || verb == "w" {
            (flags.sharpV, flags.sharp) = (flags.sharp, false)
            (flags.plusV, flags.plus) = (flags.plus, false)
        }
        printArgument(reader.operands[reader.operand], verb)
        reader.operand += 1
    }

    private mutating func readFlags(_ reader: inout Reader) {
        flags = Flags()
        while let byte = reader.byte {
            switch byte {
            case UInt8(ascii: "#"): flags.sharp = true
            case UInt8(ascii: "0"): flags.zero = !flags.minus
            case UInt8(ascii: "+"): flags.plus = true
            case UInt8(ascii: " "): flags.space = true
            case UInt8(ascii: "-"):
                flags.minus = true
                flags.zero = false
            default: return
            }
            reader.index += 1
        }
    }

    private mutating func readWidth(_ reader: inout Reader) {
        guard reader.byte == UInt8(ascii: "*") else {
            flags.width = readNumber(&reader)
            // "%[3]2d"
            if reader.afterIndex, flags.width != nil { reader.isGoodIndex = false }
            return
        }
        reader.index += 1
        flags.width = readOperand(&reader)
        if flags.width == nil { write("%!(BADWIDTH)") }
        if let width = flags.width, width < 0 {
            flags.width = -width
            flags.minus = true
            flags.zero = false
        }
        reader.afterIndex = false
    }

    private mutating func readPrecision(_ reader: inout Reader) {
        guard reader.byte == UInt8(ascii: "."), reader.index + 1 < reader.format.count else { return }
        reader.index += 1
        // "%[3].2d"
        if reader.afterIndex { reader.isGoodIndex = false }
        readIndex(&reader)
        guard reader.byte == UInt8(ascii: "*") else {
            flags.precision = readNumber(&reader) ?? 0
            return
        }
        reader.index += 1
        flags.precision = readOperand(&reader)
        if let precision = flags.precision, precision < 0 { flags.precision = nil }
        if flags.precision == nil { write("%!(BADPREC)") }
        reader.afterIndex = false
    }

    /// Decimal digits; a number that is too large takes up the rest of the format.
    private func readNumber(_ reader: inout Reader) -> Int? {
        var value: Int?
        while let byte = reader.byte, let digit = GoNumber.digitValue(byte), digit < 10 {
            if let value, value > Self.greatest {
                reader.index = reader.format.count
                return nil
            }
            value = (value ?? 0) * 10 + Int(digit)
            reader.index += 1
        }
        return value
    }

    /// The operand of a `*`.
    private func readOperand(_ reader: inout Reader) -> Int? {
        guard reader.operand < reader.operands.count else { return nil }
        let operand = reader.operands[reader.operand]
        reader.operand += 1
        let value: Int? =
            switch operand.kind {
            case .int: Int(exactly: operand.intValue)
            case .uint: Int(exactly: operand.uintValue)
            default: nil
            }
        return value.flatMap { (-Self.greatest...Self.greatest).contains($0) ? $0 : nil }
    }

    /// An explicit index like [3].
    private func readIndex(_ reader: inout Reader) {
        reader.afterIndex = false
        guard reader.byte == UInt8(ascii: "[") else { return }
        reader.isReordered = true
        let start = reader.index
        guard reader.format.count - start >= 3,
            let close = reader.format[(start + 1)...].firstIndex(of: UInt8(ascii: "]"))
        else {
            reader.isGoodIndex = false
            reader.index += 1
            return
        }
        reader.index = start + 1
        let number = readNumber(&reader)
        let isNumber = number != nil && reader.index == close
        reader.index = close + 1
        reader.afterIndex = isNumber
        if isNumber, let number, number >= 1, number <= reader.operands.count {
            reader.operand = number - 1
        } else {
            reader.isGoodIndex = false
        }
    }

    private mutating func reportExtra(_ operands: ArraySlice<Slot>) {
        flags = Flags()
        write("%!(EXTRA ")
        for (index, operand) in operands.enumerated() {
            if index > 0 { write(", ") }
            if operand.isNone {
                write("<nil>")
            } else {
                write(operand.typeName + "=")
                printArgument(operand, "v")
            }
        }
        write(")")
    }
}
