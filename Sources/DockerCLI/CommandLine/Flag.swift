// SPDX-License-Identifier: Apache-2.0

/// A declared option: the key to its value in `ParsedArguments`. Only a `FlagSet` makes one, and only results of
/// parsing with that set should be asked with it.
struct Flag<Value: Sendable>: Sendable {
    let name: String
    let initial: Value
    let index: Int
}
