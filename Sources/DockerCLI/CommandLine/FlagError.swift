// SPDX-License-Identifier: Apache-2.0

/// Why an option's value, or the options as a whole, can't be taken. For a value, throw it from the closure that reads
/// it: the parser adds the value and the option's name.
struct FlagError: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
