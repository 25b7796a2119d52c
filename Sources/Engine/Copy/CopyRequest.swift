// SPDX-License-Identifier: Apache-2.0
public import OCI

/// What to copy where.
public struct CopyRequest: Sendable {
    /// Which images of an index.
    public enum Choice: Sendable {
        case all
        /// One platform's image, without its index.
        case platform(Platform)
    }

    public var source: ImageLocation
    public var destination: ImageLocation
    public var choice: Choice

    public init(source: ImageLocation, destination: ImageLocation, choice: Choice) {
        self.source = source
        self.destination = destination
        self.choice = choice
    }
}
