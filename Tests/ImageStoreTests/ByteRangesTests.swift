// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ImageStore

struct ByteRangesTests {
    @Test func `ranges that touch become one`() {
        var ranges = ByteRanges([10..<20, 30..<40])
        ranges.insert(20..<30)
        #expect(ranges.ranges == [10..<40])
        ranges.insert(0..<5)
        ranges.insert(5..<5)
        ranges.insert(50..<60)
        #expect(ranges.ranges == [0..<5, 10..<40, 50..<60])
        ranges.insert(4..<55)
        #expect(ranges.ranges == [0..<60])
    }

    @Test func `gaps are what is missing`() {
        let ranges = ByteRanges([10..<20, 30..<40])
        #expect(ranges.gaps(in: 0..<50) == [0..<10, 20..<30, 40..<50])
        #expect(ranges.gaps(in: 10..<40) == [20..<30])
        #expect(ranges.gaps(in: 12..<18) == [])
        #expect(ByteRanges().gaps(in: 3..<4) == [3..<4])
        #expect(ByteRanges().gaps(in: 3..<3) == [])
    }

    @Test func `what lies before an offset goes`() {
        var ranges = ByteRanges([10..<20, 30..<40])
        ranges.remove(before: 15)
        #expect(ranges.ranges == [15..<20, 30..<40])
        ranges.remove(before: 40)
        #expect(ranges.isEmpty)
    }

    /// Against a set of numbers, for all short sequences of small ranges.
    @Test func `any order of insertion gives the same set`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            var ranges = ByteRanges()
            var numbers: Set<Int64> = []
            for _ in 0..<8 {
                let lower = Int64.random(in: 0..<30, using: &generator)
                let range = lower..<lower + Int64.random(in: 0..<6, using: &generator)
                ranges.insert(range)
                numbers.formUnion(range)
            }
            #expect(Set(ranges.ranges.flatMap { $0 }) == numbers)
            #expect(ranges.count == Int64(numbers.count))
            for (left, right) in zip(ranges.ranges, ranges.ranges.dropFirst()) {
                #expect(left.upperBound < right.lowerBound)
            }
            #expect(Set(ranges.gaps(in: 0..<40).flatMap { $0 }) == Set(0..<40).subtracting(numbers))
        }
    }
}
