// SPDX-License-Identifier: Apache-2.0

/// A declared option with its type erased, as the parser and the help page need it.
struct FlagDefinition: Sendable {
    let name: String
    let short: Character?
    let usage: String
    let typeName: String
    let shownDefault: String?
    let bareArgument: String?
    let initial: any Sendable
    /// Reads one occurrence into a value of `initial`'s type.
    let read: @Sendable (_ text: String, _ value: inout any Sendable, _ isFirst: Bool) throws -> Void

    /// Works, but is not shown.
    var isHidden = false
    /// Works, is not shown, and says so with this text when used.
    var deprecation: String?
    /// The one-letter form works, but is not shown and says so with this text.
    var shortDeprecation: String?

    init<Value>(name: String, short: Character?, usage: String, kind: FlagKind<Value>) {
        self.name = name
        self.short = short
        self.usage = usage
        typeName = kind.typeName
        shownDefault = kind.shownDefault
        bareArgument = kind.bareArgument
        initial = kind.initial
        read = { text, erased, isFirst in
            // Always a Value: the parser starts from `initial` and only this closure changes it.
            var value = erased as? Value ?? kind.initial
            try kind.read(text, &value, isFirst)
            erased = value
        }
    }

    /// The option as errors name it: `-a, --all` or `--all`.
    var title: String {
        guard let short, shortDeprecation == nil else { return "--\(name)" }
        return "-\(short), --\(name)"
    }
}
