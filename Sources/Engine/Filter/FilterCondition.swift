// SPDX-License-Identifier: Apache-2.0

/// One `--filter name=value`. `label!=x` has the name `label!`.
public struct FilterCondition: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
