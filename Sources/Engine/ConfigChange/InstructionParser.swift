// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// Splits an instruction into its name, flags and arguments, each kind by its own rules
/// (BuildKit, frontend/dockerfile/parser/line_parsers.go).
struct InstructionParser {
    /// Triggers of triggers are refused in the end; this keeps the way there off the stack's limit.
    private static let maximumDepth = 32

    let escape: Unicode.Scalar

    func parse(_ line: String, depth: Int = 0) throws(ConfigChangeError) -> DockerfileInstruction {
        let (name, flags, rest) = split(line)
        var instruction = DockerfileInstruction(name: name, flags: flags, original: line)
        switch name.lowercased() {
        case "env": instruction.arguments = try nameValuePairs(rest, instruction: "ENV")
        case "label": instruction.arguments = try nameValuePairs(rest, instruction: "LABEL")
        case "cmd", "entrypoint", "run", "shell":
            (instruction.arguments, instruction.isJSON) = try arrayOrWhole(rest)
        case "add", "copy", "volume":
            (instruction.arguments, instruction.isJSON) = try array(rest).map { ($0, true) } ?? (list(rest), false)
        case "expose": instruction.arguments = list(rest)
        case "healthcheck": (instruction.arguments, instruction.isJSON) = try healthcheck(rest)
        case "onbuild":
            guard depth < Self.maximumDepth else { throw .chainedTrigger }
            if !rest.isEmpty { instruction.triggers = [try parse(rest, depth: depth + 1)] }
        case "stopsignal", "user", "workdir": instruction.arguments = rest.isEmpty ? [] : [rest]
        default: break
        }
        return instruction
    }

    /// The name, the flags right after it, and what follows without space around it.
    private func split(_ line: String) -> (name: String, flags: [String], rest: String) {
        let line = line.trimmingGoSpace
        let name = line.unicodeScalars.prefix { !$0.isArgumentSpace }
        let rest = line.unicodeScalars[name.endIndex...].drop(while: \.isArgumentSpace)
        let (flags, arguments) = FlagSplitter(escape: escape).split(String(Substring(rest)))
        return (String(Substring(name)), flags, arguments.trimmingGoSpace)
    }

    /// `name value` or `name=value …`; what comes first, a space or `=`, tells which.
    private func nameValuePairs(_ rest: String, instruction: String) throws(ConfigChangeError) -> [String] {
        let words = WordSplitter(escape: escape).split(rest)
        guard let first = words.first else { return [] }
        guard first.utf8.contains(UInt8(ascii: "=")) else {
            let name = rest.unicodeScalars.prefix { !$0.isArgumentSpace }
            guard name.endIndex < rest.endIndex else { throw .notTwoArguments(instruction) }
            let value = rest.unicodeScalars[name.endIndex...].drop(while: \.isArgumentSpace)
            return [String(Substring(name)), String(Substring(value))]
        }
        var result: [String] = []
        for word in words {
            guard let sign = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { throw .noEqualsSign(word: word) }
            result.append(String(word[..<sign]))
            result.append(String(word[word.utf8.index(after: sign)...]))
        }
        return result
    }

    private func list(_ rest: String) -> [String] {
        guard !rest.isEmpty else { return [] }
        return rest.unicodeScalars.split(whereSeparator: \.isArgumentSpace).map { String(Substring($0)) }
    }

    /// A JSON array of strings; nil for what is no JSON array, which then means something else.
    private func array(_ rest: String) throws(ConfigChangeError) -> [String]? {
        guard rest.utf8.first == UInt8(ascii: "["), case .array(let elements)? = try? JSONParser.parse(rest) else {
            return nil
        }
        var strings: [String] = []
        for element in elements {
            guard case .string(let text) = element else { throw .notStringArray }
            strings.append(text)
        }
        return strings
    }

    private func arrayOrWhole(_ rest: String) throws(ConfigChangeError) -> ([String], isJSON: Bool) {
        if rest.isEmpty { return ([], false) }
        if let strings = try array(rest) { return (strings, true) }
        return ([rest], false)
    }

    /// `NONE`, or `CMD` and a command.
    private func healthcheck(_ rest: String) throws(ConfigChangeError) -> ([String], isJSON: Bool) {
        let type = rest.unicodeScalars.prefix { !$0.isGoSpace }
        guard !type.isEmpty else { return ([], false) }
        let command = rest.unicodeScalars[type.endIndex...].drop(while: \.isGoSpace)
        let (arguments, isJSON) = try arrayOrWhole(String(Substring(command)))
        return ([String(Substring(type))] + arguments, isJSON)
    }
}
