// SPDX-License-Identifier: Apache-2.0

/// A configuration that can't be used; texts are docker's where docker has one.
public struct ConfigError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
