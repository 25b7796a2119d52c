// SPDX-License-Identifier: Apache-2.0
@testable import DockerCLI

/// The options of a command line by name, for a test that has no handles of them.
struct NamedOptions {
    let flags: FlagSet
    let parsed: ParsedArguments

    func value<Value: Sendable>(_ name: String, default value: Value) -> Value {
        guard let index = flags.index(named: name) else { return value }
        return parsed[Flag(name: name, initial: value, index: index)]
    }

    func isSet(_ name: String) -> Bool { value(name, default: false) }

    func text(_ name: String) -> String { value(name, default: "") }
}
