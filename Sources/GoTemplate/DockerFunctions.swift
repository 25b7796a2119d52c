// SPDX-License-Identifier: Apache-2.0

/// The functions that docker 28 adds to Go's.
enum DockerFunctions {
    typealias Failure = TemplateFunction.Failure

    static let table: [String: TemplateFunction] = [
        "json": TemplateFunction([.type(.interface)], isVariadic: false, returning: .string, call: .slots(json)),
        "split": TemplateFunction(
            [.type(.string), .type(.string)], isVariadic: false, returning: .slice(.string), call: .slots(split)),
        "join": TemplateFunction(
            [.type(.slice(.string)), .type(.string)], isVariadic: false, returning: .string, call: .slots(join)),
        "title": mapping(CaseMapping.titleWords),
        "lower": mapping { CaseMapping.map($0, CaseMapping.lower) },
        "upper": mapping { CaseMapping.map($0, CaseMapping.upper) },
        "pad": TemplateFunction(
            [.type(.string), .type(.int), .type(.int)], isVariadic: false, returning: .string, call: .slots(pad)),
        "truncate": TemplateFunction([.string, .int], returning: .string) { values throws(Failure) in
            try truncate(text(values[0]), to: Int(Slot(values[1]).intValue))
        },
    ]

    /// Stand-ins that give back their first argument.
    static let headerTable: [String: TemplateFunction] = [
        "json": identity([.string]), "split": identity([.string, .string]), "join": identity([.string, .string]),
        "title": identity([.string]), "lower": identity([.string]), "upper": identity([.string]),
        "truncate": identity([.string, .int]),
    ]

    private static func identity(_ parameters: [GoType]) -> TemplateFunction {
        TemplateFunction(parameters, returning: .string) { values throws(Failure) in values[0] }
    }

    private static func mapping(_ body: @escaping @Sendable ([UInt8]) -> [UInt8]) -> TemplateFunction {
        TemplateFunction([.string], returning: .string) { values throws(Failure) in
            .string(GoString(bytes: body(text(values[0]))))
        }
    }

    private static func text(_ value: TemplateValue) -> [UInt8] {
        Slot(value).stringValue.bytes
    }

    /// Compact and without HTML escaping.
    @Sendable
    private static func json(_ slots: [Slot], _ limits: TemplateOptions.Limits) throws(Failure) -> Slot {
        var encoder = GoJSONEncoder(limit: limits.valueBytes)
        try encoder.encode(slots[0].concrete)
        return Slot(.string(GoString(bytes: encoder.output)))
    }

    /// strings.Split; an empty separator parts the runes.
    @Sendable
    private static func split(_ slots: [Slot], _ limits: TemplateOptions.Limits) throws(Failure) -> Slot {
        let (text, separator) = (slots[0].stringValue.bytes, slots[1].stringValue.bytes)
        var parts: [TemplateValue] = []
        var start = 0
        var index = 0
        while index < text.count {
            if separator.isEmpty {
                index += UTF8Decoding.decode(text, at: index).width
                parts.append(.string(GoString(bytes: Array(text[start..<index]))))
                start = index
            } else if text[index...].starts(with: separator) {
                parts.append(.string(GoString(bytes: Array(text[start..<index]))))
                index += separator.count
                start = index
            } else {
                index += 1
            }
            // A part takes much more memory than its text.
            guard parts.count <= limits.valueBytes / 16 else {
                throw Failure("exceeded maximum size of a value (\(limits.valueBytes) bytes)")
            }
        }
        if !separator.isEmpty { parts.append(.string(GoString(bytes: Array(text[start...])))) }
        return Slot(.typed(TypedValue(.slice(.string), .elements(parts))))
    }

    @Sendable
    private static func join(_ slots: [Slot], _ limits: TemplateOptions.Limits) throws(Failure) -> Slot {
        let separator = slots[1].stringValue.bytes
        var result: [UInt8] = []
        for index in 0..<slots[0].count where result.count <= limits.valueBytes {
            if index > 0 { result += separator }
            result += slots[0].element(at: index).stringValue.bytes
        }
        return Slot(.string(GoString(bytes: result)))
    }

    /// Spaces before and after, but nothing for an empty string.
    @Sendable
    private static func pad(_ slots: [Slot], _ limits: TemplateOptions.Limits) throws(Failure) -> Slot {
        let text = slots[0].stringValue.bytes
        if text.isEmpty { return slots[0] }
        let (before, after) = (Int(slots[1].intValue), Int(slots[2].intValue))
        guard before >= 0, after >= 0 else { throw Failure("strings: negative Repeat count") }
        guard before <= limits.valueBytes, after <= limits.valueBytes else {
            throw Failure("exceeded maximum size of a value (\(limits.valueBytes) bytes)")
        }
        let space = UInt8(ascii: " ")
        let result = Array(repeating: space, count: before) + text + Array(repeating: space, count: after)
        return Slot(.string(GoString(bytes: result)))
    }

    /// The first `length` bytes.
    private static func truncate(_ text: [UInt8], to length: Int) throws(Failure) -> TemplateValue {
        guard length >= 0 else { throw Failure("runtime error: slice bounds out of range [:\(length)]") }
        return .string(GoString(bytes: Array(text.prefix(length))))
    }
}
