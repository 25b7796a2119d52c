// SPDX-License-Identifier: Apache-2.0

/// Values by kind.
extension GoFormatter {
    /// Addresses mean nothing here: pointers inside values print as this one.
    private static let address: UInt64 = 0xC0_0001_0000

    mutating func printValue(_ slot: Slot, _ verb: Unicode.Scalar, depth: Int) {
        guard output.count <= limit else { return }
        if slot.isInterface {
            if !slot.isNone { return printValue(slot.concrete, verb, depth: depth + 1) }
            return write(flags.sharpV ? "interface {}(nil)" : "<nil>")
        }
        if printsText(slot, verb) { return }
        // %w is for errors; like a method it is looked at before the kind.
        if verb == "w", !isReporting { return reportBadVerb(verb, slot) }
        switch slot.kind {
        case .invalid, .interface:
            if verb == "v" { write("<nil>") } else { reportBadVerb(verb, slot) }
        case .bool:
            if verb == "t" || verb == "v" {
                pad(Array((slot.boolValue ? "true" : "false").utf8))
            } else {
                reportBadVerb(verb, slot)
            }
        case .int:
            let value = slot.intValue
            printInteger(UInt64(bitPattern: value), isSigned: true, verb, slot)
        case .uint: printInteger(slot.uintValue, isSigned: false, verb, slot)
        case .float: printFloat(GoFloat(value: slot.floatValue, isSingle: slot.type.underlying == .float32), verb, slot)
        case .complex: printComplex(slot, verb)
        case .string: printString(slot.stringValue.bytes, verb, slot)
        case .map: printMap(slot, verb, depth)
        case .structure: printStructure(slot, verb, depth)
        case .slice, .array: printElements(slot, verb, depth)
        case .pointer: printPointer(slot, verb, depth)
        case .function: formatPointer(slot, verb)
        }
    }

    /// Uses the value's String or Error method where a string will do.
    private mutating func printsText(_ slot: Slot, _ verb: Unicode.Scalar) -> Bool {
        guard case .typed(let typed) = slot.value, let text = typed.text, !flags.sharpV, !isReporting else {
            return false
        }
        switch verb {
        case "v", "s", "x", "X", "q":
            // The method panics on nil, which Go says without padding.
            if typed.isNull { write("<nil>") } else { printString(text.bytes, verb, slot) }
            return true
        default: return false
        }
    }

    private mutating func printMap(_ slot: Slot, _ verb: Unicode.Scalar, _ depth: Int) {
        if flags.sharpV {
            write(slot.typeName)
            if slot.isNil { return write("(nil)") }
            write("{")
        } else {
            write("map[")
        }
        for index in 0..<slot.count {
            if index > 0 { write(flags.sharpV ? ", " : " ") }
            let (key, value) = slot.entry(at: index)
            printValue(key, verb, depth: depth + 1)
            write(":")
            printValue(value, verb, depth: depth + 1)
        }
        write(flags.sharpV ? "}" : "]")
    }

    private mutating func printStructure(_ slot: Slot, _ verb: Unicode.Scalar, _ depth: Int) {
        if case .object(let object) = slot.value {
            return printValue(Slot(object.printedValue), verb, depth: depth)
        }
        if flags.sharpV { write(slot.typeName) }
        write("{")
        for (index, field) in slot.fields.enumerated() {
            if index > 0 { write(flags.sharpV ? ", " : " ") }
            if flags.plusV || flags.sharpV { write(field.field.name + ":") }
            // An interface's content counts as the field itself.
            let value = field.slot.isNone ? field.slot : field.slot.concrete
            printValue(value, verb, depth: depth + 1)
        }
        write("}")
    }

    private mutating func printElements(_ slot: Slot, _ verb: Unicode.Scalar, _ depth: Int) {
        let isBytes = slot.type.elementType.underlying == .uint8
        if isBytes, printsBytes(slot, verb) { return }
        if flags.sharpV {
            write(slot.typeName)
            if slot.kind == .slice, slot.isNil { return write("(nil)") }
        }
        write(flags.sharpV ? "{" : "[")
        for index in 0..<slot.count {
            if index > 0 { write(flags.sharpV ? ", " : " ") }
            printValue(slot.element(at: index), verb, depth: depth + 1)
        }
        write(flags.sharpV ? "}" : "]")
    }

    /// A slice of bytes under a verb for strings.
    private mutating func printsBytes(_ slot: Slot, _ verb: Unicode.Scalar) -> Bool {
        guard verb == "s" || verb == "q" || verb == "x" || verb == "X" else { return false }
        let bytes = (0..<slot.count).map { UInt8(truncatingIfNeeded: slot.element(at: $0).uintValue) }
        printString(bytes, verb, slot)
        return true
    }

    /// A pointer to a struct, map or slice prints as `&` and what it points to, but only at the top.
    private mutating func printPointer(_ slot: Slot, _ verb: Unicode.Scalar, _ depth: Int) {
        // An object that prints as text is what Go calls a Stringer.
        if case .object(let object) = slot.value, case .string = object.printedValue {
            return printValue(Slot(object.printedValue), verb, depth: depth)
        }
        guard depth == 0 else { return formatPointer(slot, verb) }
        if case .object(let object) = slot.value {
            write("&")
            return printValue(Slot(object.printedValue), verb, depth: depth + 1)
        }
        if case .typed(let typed) = slot.value, case .pointer(let target) = typed.payload {
            switch Slot(target).kind {
            case .array, .slice, .structure, .map:
                write("&")
                return printValue(Slot(target), verb, depth: depth + 1)
            default: break
            }
        }
        formatPointer(slot, verb)
    }

    mutating func formatPointer(_ slot: Slot, _ verb: Unicode.Scalar) {
        switch slot.kind {
        case .function, .map, .pointer, .slice: break
        default: return reportBadVerb(verb, slot)
        }
        let address = slot.isNil ? 0 : Self.address
        switch verb {
        case "v" where flags.sharpV:
            write("(" + slot.typeName + ")(")
            if address == 0 { write("nil") } else { formatHex(address, leading0x: true) }
            write(")")
        case "v" where address == 0: pad(Array("<nil>".utf8))
        case "v", "p": formatHex(address, leading0x: !flags.sharp)
        case "b", "o", "d", "x", "X": printInteger(address, isSigned: false, verb, slot)
        default: reportBadVerb(verb, slot)
        }
    }
}
