// SPDX-License-Identifier: Apache-2.0

/// The grammar of RFC 3339, 5.6, with the ranges that Go checks.
enum Timestamp {
    /// `2006-01-02T15:04:05[.999999999](Z|±07:00)`
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, matches(bytes[..<19], "0000-00-00T00:00:00") else { return false }
        func number(_ start: Int, _ count: Int) -> Int {
            bytes[start..<start + count].reduce(0) { 10 * $0 + Int($1 &- 0x30) }
        }
        guard (1...12).contains(number(5, 2)), number(11, 2) < 24, number(14, 2) < 60, number(17, 2) < 60,
            (1...daysInMonth(number(5, 2), year: number(0, 4))).contains(number(8, 2))
        else { return false }
        return isZone(bytes[19...])
    }

    private static func isZone(_ text: ArraySlice<UInt8>) -> Bool {
        var zone = text
        if zone.first == UInt8(ascii: ".") || zone.first == UInt8(ascii: ",") {
            let fraction = zone.dropFirst().prefix(while: ASCII.isDigit)
            guard !fraction.isEmpty else { return false }
            zone = zone[fraction.endIndex...]
        }
        return zone.elementsEqual([UInt8(ascii: "Z")]) || matches(zone, "+00:00") || matches(zone, "-00:00")
    }

    /// Whether the text has the shape of `pattern`, where `0` stands for a digit.
    private static func matches(_ text: ArraySlice<UInt8>, _ pattern: StaticString) -> Bool {
        guard text.count == pattern.utf8CodeUnitCount else { return false }
        return zip(text, 0..<pattern.utf8CodeUnitCount).allSatisfy { byte, index in
            let expected = pattern.utf8Start[index]
            return expected == UInt8(ascii: "0") ? ASCII.isDigit(byte) : byte == expected
        }
    }

    private static func daysInMonth(_ month: Int, year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
