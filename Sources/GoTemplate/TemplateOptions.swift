// SPDX-License-Identifier: Apache-2.0

/// How a template treats missing keys, and the bounds of its execution.
public struct TemplateOptions: Sendable {
    /// What a key that a map does not have gives (Template.Option's missingkey).
    public enum MissingKey: Sendable {
        /// No value, which prints as `<no value>`.
        case noValue
        /// The zero value of the map's element type.
        case zero
        /// An error.
        case error
    }

    /// Bounds that no honest template reaches; Go has only the depth of templates.
    public struct Limits: Sendable {
        /// Template calls within template calls; the number is Go's.
        public var templateDepth = 100_000
        /// Bytes that one execution may write.
        public var outputBytes = 64 << 20
        /// Bytes of one value that a function makes.
        public var valueBytes = 16 << 20
        /// Steps of loops and calls of one execution; 64 bytes that functions take or make count as one.
        public var steps = 10_000_000

        public init() {}
    }

    public var missingKey: MissingKey
    public var limits: Limits

    public init(missingKey: MissingKey = .noValue, limits: Limits = Limits()) {
        self.missingKey = missingKey
        self.limits = limits
    }
}
