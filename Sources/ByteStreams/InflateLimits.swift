// SPDX-License-Identifier: Apache-2.0

/// How far a compressed stream is trusted.
public struct InflateLimits: Sendable {
    /// The most bytes the stream may inflate to.
    public var maxOutput: Int64
    /// Base-2 logarithm of the largest zstd window; 27 is 128 MiB, what the `zstd` tool accepts by default.
    public var maxZstdWindowLog: Int32

    public init(maxOutput: Int64 = .max, maxZstdWindowLog: Int32 = 27) {
        self.maxOutput = maxOutput
        self.maxZstdWindowLog = maxZstdWindowLog
    }
}
