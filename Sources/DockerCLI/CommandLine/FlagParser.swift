// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// Sorts a command's arguments into options and positional arguments by pflag's rules: `--flag value`, `--flag=value`,
/// `-f value`, `-fvalue`, `-f=value`, `-abc`; a lone `-` is an argument, `--` ends the options.
struct FlagParser {
    let flags: FlagSet
    /// Whether options may follow arguments.
    let isInterspersed: Bool
    private(set) var values: [any Sendable]
    private(set) var counts: [Int]
    private(set) var arguments: [String] = []
    /// How many arguments stood before `--`.
    private(set) var countBeforeDashes: Int?
    /// What to tell about deprecated options.
    private(set) var warnings: [String] = []

    init(flags: FlagSet, isInterspersed: Bool) {
        self.flags = flags
        self.isInterspersed = isInterspersed
        values = flags.definitions.map(\.initial)
        counts = flags.definitions.map { _ in 0 }
    }

    /// Parses on top of what was parsed before; positional arguments start anew.
    mutating func parse(_ words: [String]) throws(FlagError) {
        arguments = []
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                countBeforeDashes = arguments.count
                arguments += rest
                return
            }
            guard word.utf8.first == UInt8(ascii: "-"), word.utf8.count > 1 else {
                arguments.append(word)
                if isInterspersed { continue }
                arguments += rest
                return
            }
            if word.utf8.starts(with: "--".utf8) {
                try parseLong(word, &rest)
            } else {
                try parseShort(Array(word.utf8.dropFirst()), &rest)
            }
        }
    }

    private mutating func parseLong(_ word: String, _ rest: inout ArraySlice<String>) throws(FlagError) {
        let body = String(decoding: word.utf8.dropFirst(2), as: UTF8.self)
        guard let first = body.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "=") else {
            throw FlagError("bad flag syntax: \(word)")
        }
        let pair = NamedValue(body)
        let name = pair?.name ?? body
        guard let index = flags.index(named: name) else { throw FlagError("unknown flag: --\(name)") }
        if let value = pair?.value ?? flags.definitions[index].bareArgument {
            try set(index, to: value)
        } else if let value = rest.popFirst() {
            try set(index, to: value)
        } else {
            throw FlagError("flag needs an argument: \(word)")
        }
    }

    /// `letters` are the bytes after the dash: Go's pflag reads them one by one.
    private mutating func parseShort(_ letters: [UInt8], _ rest: inout ArraySlice<String>) throws(FlagError) {
        var letters = letters[...]
        while let letter = letters.popFirst() {
            let text = String(decoding: [letter] + letters, as: UTF8.self)
            let scalar = UnicodeScalar(letter)
            guard let index = flags.index(short: Character(scalar)) else {
                throw FlagError("unknown shorthand flag: \(GoQuote.quoted(scalar)) in -\(text)")
            }
            let definition = flags.definitions[index]
            let value: String
            if letters.count > 1, letters.first == UInt8(ascii: "=") {
                value = String(decoding: letters.dropFirst(), as: UTF8.self)
                letters = []
            } else if let bare = definition.bareArgument {
                value = bare
            } else if !letters.isEmpty {
                value = String(decoding: letters, as: UTF8.self)
                letters = []
            } else if let next = rest.popFirst() {
                value = next
            } else {
                throw FlagError("flag needs an argument: \(GoQuote.quoted(scalar)) in -\(text)")
            }
            if let message = definition.shortDeprecation {
                warnings.append("Flag shorthand -\(scalar) has been deprecated, \(message)")
            }
            try set(index, to: value)
        }
    }

    private mutating func set(_ index: Int, to text: String) throws(FlagError) {
        let definition = flags.definitions[index]
        do {
            try definition.read(text, &values[index], counts[index] == 0)
        } catch {
            throw FlagError(
                "invalid argument \(GoQuote.quoted(text)) for \(GoQuote.quoted(definition.title)) flag: \(error)")
        }
        counts[index] += 1
        if let message = definition.deprecation {
            warnings.append("Flag --\(definition.name) has been deprecated, \(message)")
        }
    }
}
