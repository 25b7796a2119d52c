// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// The options of one command, each declared by a method that returns the `Flag` to read its value with.
struct FlagSet: Sendable {
    private(set) var definitions: [FlagDefinition] = []

    /// Declares an option of any kind; the other methods are short forms of this one.
    mutating func add<Value>(
        _ name: String, short: Character? = nil, _ usage: String, as kind: FlagKind<Value>
    ) -> Flag<Value> {
        let flag = Flag(name: name, initial: kind.initial, index: definitions.count)
        definitions.append(FlagDefinition(name: name, short: short, usage: usage, kind: kind))
        return flag
    }

    /// The option works, but help doesn't show it.
    mutating func hide(_ flag: Flag<some Any>) {
        definitions[flag.index].isHidden = true
    }

    /// The option works and isn't shown; using it prints `Flag --name has been deprecated, ` and `message`.
    mutating func deprecate(_ flag: Flag<some Any>, _ message: String) {
        definitions[flag.index].isHidden = true
        definitions[flag.index].deprecation = message
    }

    /// Only the one-letter form is deprecated.
    mutating func deprecateShort(_ flag: Flag<some Any>, _ message: String) {
        definitions[flag.index].shortDeprecation = message
    }

    func index(named name: String) -> Int? {
        definitions.firstIndex { $0.name == name }
    }

    func index(short: Character) -> Int? {
        definitions.firstIndex { $0.short == short }
    }

    /// What help shows, sorted by name.
    var visible: [FlagDefinition] {
        definitions.filter { !$0.isHidden }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}

extension FlagSet {
    mutating func bool(
        _ name: String, short: Character? = nil, default initial: Bool = false, _ usage: String
    ) -> Flag<Bool> {
        add(name, short: short, usage, as: .bool(default: initial))
    }

    mutating func string(
        _ name: String, short: Character? = nil, default initial: String = "", _ usage: String
    ) -> Flag<String> {
        add(name, short: short, usage, as: .string(default: initial))
    }

    mutating func int(_ name: String, short: Character? = nil, default initial: Int = 0, _ usage: String) -> Flag<Int> {
        add(name, short: short, usage, as: .int(default: initial))
    }

    mutating func unsigned<Number: FixedWidthInteger & UnsignedInteger & Sendable>(
        _ name: String, short: Character? = nil, default initial: Number = 0, _ usage: String
    ) -> Flag<Number> {
        add(name, short: short, usage, as: .unsigned(default: initial))
    }

    mutating func duration(
        _ name: String, short: Character? = nil, default initial: GoDuration = .seconds(0), _ usage: String
    ) -> Flag<GoDuration> {
        add(name, short: short, usage, as: .duration(default: initial))
    }

    /// A size in bytes, written in powers of 1024.
    mutating func bytes(_ name: String, short: Character? = nil, _ usage: String) -> Flag<Int64> {
        add(name, short: short, usage, as: .bytes)
    }

    /// Repeatable; `check` may normalise or refuse (throw `FlagError`) each value.
    mutating func list(
        _ name: String, short: Character? = nil, _ usage: String, check: (@Sendable (String) throws -> String)? = nil
    ) -> Flag<[String]> {
        add(name, short: short, usage, as: .list(check: check))
    }

    /// Repeatable, and each value may hold several with commas between.
    mutating func strings(_ name: String, short: Character? = nil, _ usage: String) -> Flag<[String]> {
        add(name, short: short, usage, as: .strings)
    }

    /// Repeatable `name=value` conditions.
    mutating func filter(_ name: String, short: Character? = nil, _ usage: String) -> Flag<[NamedValue]> {
        add(name, short: short, usage, as: .filter)
    }

    /// Repeatable `name=value`, one value a name.
    mutating func map(
        _ name: String, short: Character? = nil, _ usage: String, check: (@Sendable (String) throws -> String)? = nil
    ) -> Flag<[NamedValue]> {
        add(name, short: short, usage, as: .map(check: check))
    }

    /// A value read by `read`, which throws `FlagError` with docker's words for what it can't take.
    mutating func custom<Value>(
        _ name: String, short: Character? = nil, type typeName: String, default initial: Value,
        shown shownDefault: String? = nil, _ usage: String,
        read: @escaping @Sendable (String, inout Value) throws -> Void
    ) -> Flag<Value> {
        let kind = FlagKind(typeName: typeName, initial: initial, shownDefault: shownDefault) { text, value, _ in
            try read(text, &value)
        }
        return add(name, short: short, usage, as: kind)
    }
}
