// SPDX-License-Identifier: Apache-2.0

/// Ranges of a file, in order, none touching another.
struct ByteRanges: Equatable {
    private(set) var ranges: [Range<Int64>] = []

    init() {}

    init(_ ranges: some Sequence<Range<Int64>>) {
        for range in ranges { insert(range) }
    }

    var isEmpty: Bool { ranges.isEmpty }
    var first: Range<Int64>? { ranges.first }
    /// Bytes in all of them.
    var count: Int64 { ranges.reduce(0) { $0 + Int64($1.count) } }

    mutating func insert(_ range: Range<Int64>) {
        guard !range.isEmpty else { return }
        let start = ranges.firstIndex { $0.upperBound >= range.lowerBound } ?? ranges.count
        let end = ranges[start...].firstIndex { $0.lowerBound > range.upperBound } ?? ranges.count
        let touched = ranges[start..<end]
        let lower = min(range.lowerBound, touched.first?.lowerBound ?? range.lowerBound)
        let upper = max(range.upperBound, touched.last?.upperBound ?? range.upperBound)
        ranges.replaceSubrange(start..<end, with: [lower..<upper])
    }

    /// Drops everything before `offset`.
    mutating func remove(before offset: Int64) {
        ranges = ranges.compactMap { $0.upperBound > offset ? max($0.lowerBound, offset)..<$0.upperBound : nil }
    }

    /// What is missing of `whole`.
    func gaps(in whole: Range<Int64>) -> [Range<Int64>] {
        var gaps: [Range<Int64>] = []
        var position = whole.lowerBound
        for range in ranges where range.upperBound > position {
            guard range.lowerBound < whole.upperBound else { break }
            if range.lowerBound > position { gaps.append(position..<range.lowerBound) }
            position = range.upperBound
        }
        if position < whole.upperBound { gaps.append(position..<whole.upperBound) }
        return gaps
    }
}
