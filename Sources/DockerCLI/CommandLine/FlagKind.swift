// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// One kind of option value: how help names it and how its text is read. Kinds are what pflag calls values; their type
/// names and the defaults they hide are pflag's and docker's.
struct FlagKind<Value: Sendable>: Sendable {
    /// What help prints after the option; a name in back quotes in the usage text wins over it. Empty for none.
    var typeName: String
    var initial: Value
    /// What help prints as `(default …)`; nil for nothing.
    var shownDefault: String?
    /// The value when the option stands without one (`--all` is `--all=true`); nil demands a value.
    var bareArgument: String?
    /// Reads one occurrence. `isFirst` is true once: lists replace their default then and grow afterwards.
    var read: @Sendable (_ text: String, _ value: inout Value, _ isFirst: Bool) throws -> Void
}

extension FlagKind<Bool> {
    static func bool(default initial: Bool) -> FlagKind {
        FlagKind(typeName: "", initial: initial, shownDefault: initial ? "true" : nil, bareArgument: "true") {
            text, value, _ in
            value = try GoBool.parse(text)
        }
    }
}

extension FlagKind<String> {
    static func string(default initial: String) -> FlagKind {
        let shown = initial.isEmpty ? nil : GoQuote.quoted(initial)
        return FlagKind(typeName: "string", initial: initial, shownDefault: shown) { text, value, _ in value = text }
    }
}

extension FlagKind<Int> {
    static func int(default initial: Int) -> FlagKind {
        FlagKind(typeName: "int", initial: initial, shownDefault: initial == 0 ? nil : "\(initial)") { text, value, _ in
            value = Int(try GoInteger.parseLiteral(text))
        }
    }
}

extension FlagKind where Value: FixedWidthInteger & UnsignedInteger {
    /// The type name is Go's: `uint` for 64 bits, else with the width.
    static func unsigned(default initial: Value) -> FlagKind {
        let typeName = Value.bitWidth == 64 ? "uint" : "uint\(Value.bitWidth)"
        let shown = initial == 0 ? nil : "\(initial)"
        return FlagKind(typeName: typeName, initial: initial, shownDefault: shown) { text, value, _ in
            guard let number = Value(exactly: try GoInteger.parseUnsignedLiteral(text)) else {
                throw NumberError(function: "ParseUint", text: text, reason: .range)
            }
            value = number
        }
    }
}

extension FlagKind<GoDuration> {
    static func duration(default initial: GoDuration) -> FlagKind {
        let shown = initial.nanoseconds == 0 ? nil : initial.description
        return FlagKind(typeName: "duration", initial: initial, shownDefault: shown) { text, value, _ in
            value = try GoDuration(text)
        }
    }
}

extension FlagKind<Int64> {
    /// Sizes in powers of 1024, as `--memory 512m`.
    static var bytes: FlagKind {
        FlagKind(typeName: "bytes", initial: 0, shownDefault: nil) { text, value, _ in
            value = try HumanSize.parseBinary(text)
        }
    }
}

extension FlagKind<[String]> {
    /// Docker's repeatable options; `check` may normalise or refuse a value.
    static func list(check: (@Sendable (String) throws -> String)?) -> FlagKind {
        FlagKind(typeName: "list", initial: [], shownDefault: nil) { text, value, _ in
            value.append(try check?(text) ?? text)
        }
    }

    /// pflag's string slices: repeatable, each value a line of comma-separated values.
    static var strings: FlagKind {
        FlagKind(typeName: "strings", initial: [], shownDefault: nil) { text, value, isFirst in
            if isFirst { value = [] }
            value += try CommaSeparatedValues.parse(text)
        }
    }
}

extension FlagKind<[NamedValue]> {
    /// `--filter name=value`: names are trimmed and lower-cased, values trimmed, an empty argument is ignored.
    static var filter: FlagKind {
        FlagKind(typeName: "filter", initial: [], shownDefault: nil) { text, value, _ in
            if text.isEmpty { return }
            guard let filter = NamedValue(text) else {
                throw FlagError("bad format of filter (expected name=value)")
            }
            value.append(NamedValue(filter.name.trimmed().lowercased(), filter.value.trimmed()))
        }
    }

    /// `--sysctl name=value`, the last value of a name counts; no `=` means an empty value.
    static func map(check: (@Sendable (String) throws -> String)?) -> FlagKind {
        FlagKind(typeName: "map", initial: [], shownDefault: "map[]") { text, value, _ in
            let text = try check?(text) ?? text
            let entry = NamedValue(text) ?? NamedValue(text, "")
            value.removeAll { $0.name == entry.name }
            value.append(entry)
        }
    }
}
