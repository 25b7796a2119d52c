// SPDX-License-Identifier: Apache-2.0

/// The order in which docker's client lists names: numbers inside of texts by their value, so that `v9` is before `v10`
/// (Go's github.com/fvbommel/sortorder).
public enum NaturalOrder {
    /// Whether `left` comes before `right`. Digits are before other characters; of equal numbers the one with fewer
    /// zeros before it is first.
    public static func precedes(_ left: String, _ right: String) -> Bool {
        var (left, right) = (Array(left.utf8)[...], Array(right.utf8)[...])
        while let first = left.first, let second = right.first {
            guard isDigit(first), isDigit(second) else {
                guard first == second else {
                    return isDigit(first) != isDigit(second) ? isDigit(first) : first < second
                }
                left.removeFirst()
                right.removeFirst()
                continue
            }
            let (one, other) = (takeNumber(&left), takeNumber(&right))
            if one.digits.count != other.digits.count { return one.digits.count < other.digits.count }
            if one.digits != other.digits { return one.digits.lexicographicallyPrecedes(other.digits) }
            if one.zeros != other.zeros { return one.zeros < other.zeros }
        }
        return left.isEmpty && !right.isEmpty
    }

    private static func takeNumber(_ text: inout ArraySlice<UInt8>) -> (zeros: Int, digits: ArraySlice<UInt8>) {
        let number = text.prefix(while: isDigit)
        text = text.dropFirst(number.count)
        let digits = number.drop { $0 == UInt8(ascii: "0") }
        return (number.count - digits.count, digits)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
