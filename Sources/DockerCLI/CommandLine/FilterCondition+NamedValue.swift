// SPDX-License-Identifier: Apache-2.0
import Engine

extension FilterCondition {
    /// One `--filter` as it was typed.
    init(_ argument: NamedValue) {
        self.init(argument.name, argument.value)
    }
}
