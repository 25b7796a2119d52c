// SPDX-License-Identifier: Apache-2.0

/// Where a text stops being the TOML that is understood here, and why.
struct TOMLError: Error, Hashable, CustomStringConvertible {
    /// The first line is 1.
    let line: Int
    let reason: String

    var description: String { "line \(line): \(reason)" }
}
