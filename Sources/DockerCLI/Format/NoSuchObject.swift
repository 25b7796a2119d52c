// SPDX-License-Identifier: Apache-2.0

/// There is no object of a kind that the engine here has none of.
struct NoSuchObject: Error, CustomStringConvertible {
    /// The engine's text.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
