// SPDX-License-Identifier: Apache-2.0

/// What each instruction takes (BuildKit, frontend/dockerfile/instructions).
extension DockerfileInstruction {
    /// Fails at the first flag, for instructions that have none.
    func refuseFlags() throws(ConfigChangeError) {
        _ = try InstructionFlags(flags, known: [])
    }

    func onlyArgument(_ instruction: String) throws(ConfigChangeError) -> String {
        guard arguments.count == 1 else { throw .notOneArgument(instruction) }
        return arguments[0]
    }

    func someArguments(_ instruction: String) throws(ConfigChangeError) -> [String] {
        guard !arguments.isEmpty else { throw .noArguments(instruction) }
        try refuseFlags()
        return arguments
    }

    func pairs(_ instruction: String) throws(ConfigChangeError) -> [(name: String, value: String)] {
        try refuseFlags()
        guard !arguments.isEmpty else { throw .noArguments(instruction) }
        var result: [(name: String, value: String)] = []
        for index in stride(from: 0, to: arguments.count - 1, by: 2) {
            guard !arguments[index].isEmpty else { throw .blankName(instruction) }
            result.append((arguments[index], arguments[index + 1]))
        }
        return result
    }

    func commandLine(emptyIsNil: Bool) throws(ConfigChangeError) -> ConfigChange.CommandLine {
        try refuseFlags()
        let isNil = emptyIsNil && arguments.isEmpty
        return ConfigChange.CommandLine(arguments: isNil ? nil : arguments, needsShell: !isJSON)
    }

    func volumes() throws(ConfigChangeError) -> [String] {
        let volumes = try someArguments("VOLUME").map(\.trimmingGoSpace)
        guard !volumes.contains("") else { throw .emptyVolume }
        return volumes
    }

    /// What ONBUILD holds, as it was written.
    func trigger() throws(ConfigChangeError) -> String {
        guard let trigger = triggers.first else { throw .noArguments("ONBUILD") }
        try refuseFlags()
        switch trigger.name.uppercased() {
        case "ONBUILD": throw .chainedTrigger
        case "MAINTAINER": throw .trigger("MAINTAINER")
        case "FROM": throw .trigger("FROM")
        default: break
        }
        let text = original.unicodeScalars.drop(while: Self.isPatternSpace).dropFirst("ONBUILD".count)
        let expression = String(Substring(text.drop(while: Self.isPatternSpace)))
        return heredocs.reduce(expression) { $0 + "\n" + $1.content + $1.name }
    }

    /// `\s` of Go's regular expressions, with which docker cuts ONBUILD off.
    private static func isPatternSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isArgumentSpace && scalar != "\u{B}"
    }
}
