// SPDX-License-Identifier: Apache-2.0

/// A header that an endpoint gets with every request and no other host ever sees.
public struct EndpointHeader: Sendable, Hashable {
    public let name: String
    /// It may be an `Authorization`.
    public let value: Secret

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = Secret(value)
    }
}
