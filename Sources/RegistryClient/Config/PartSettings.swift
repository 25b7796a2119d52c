// SPDX-License-Identifier: Apache-2.0

/// When a blob is fetched over several connections at once. Servers and networks that limit a connection's rate are
/// why; never asked of mirrors, some of which answer parts wrongly or fetch the whole blob for each.
public struct PartSettings: Sendable, Hashable {
    /// For one blob; 1 fetches every blob in one stream. Several large blobs share those beyond the first of each.
    public var connections = 4
    /// A blob of which fewer bytes are missing comes in one stream.
    public var threshold: Int64 = 32 << 20
    /// Bytes in one request.
    public var size: Int64 = 8 << 20
    /// Bytes a second. When the first part comes faster one stream is enough: hashing and inflating are the limit then.
    public var sufficientRate: Int64 = 150 << 20

    public init() {}

    /// What to ask for first of the missing bytes.
    public func first(of missing: Range<Int64>, in size: Int64) -> Range<Int64> {
        let isWorthIt = connections > 1 && size - missing.lowerBound >= threshold
        return isWorthIt ? missing.prefix(self.size) : missing.lowerBound..<size
    }

    /// The missing bytes in parts.
    public func parts(of missing: [Range<Int64>]) -> [Range<Int64>] {
        missing.flatMap { range in
            stride(from: range.lowerBound, to: range.upperBound, by: Int(size)).map {
                ($0..<range.upperBound).prefix(size)
            }
        }
    }
}

extension Range<Int64> {
    fileprivate func prefix(_ count: Int64) -> Range<Int64> {
        lowerBound..<lowerBound + Swift.min(count, upperBound - lowerBound)
    }
}
