// SPDX-License-Identifier: Apache-2.0

extension Timestamp {
    /// Reads RFC 3339 with up to nine digits of fraction, as Go's `time.RFC3339Nano` does; further digits are cut.
    /// Nil for anything else: a config with a broken date still is an image.
    public init?(rfc3339 text: String) {
        var scanner = Scanner(rest: text.utf8[...])
        guard let year = scanner.number(digits: 4), scanner.skip("-"),
            let month = scanner.number(digits: 2), scanner.skip("-"),
            let day = scanner.number(digits: 2), scanner.skip("T") || scanner.skip("t"),
            let hour = scanner.number(digits: 2), scanner.skip(":"),
            let minute = scanner.number(digits: 2), scanner.skip(":"),
            let second = scanner.number(digits: 2),
            let fraction = scanner.fraction(), let offset = scanner.zone(), scanner.rest.isEmpty,
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        let time = hour * 3600 + minute * 60 + second - offset
        self.init(
            seconds: Self.days(year: year, month: month, day: day) * 86_400 + time, nanoseconds: Int32(fraction)
        )
    }

    /// Days since 1970-01-01 in the proleptic Gregorian calendar: years start in March, so the leap day comes last.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private struct Scanner {
        var rest: Substring.UTF8View

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        mutating func number(digits: Int) -> Int64? {
            var value: Int64 = 0
            for _ in 0..<digits {
                guard let digit = nextDigit() else { return nil }
                value = value * 10 + digit
            }
            return value
        }

        /// Nanoseconds; 0 when there is no fraction.
        mutating func fraction() -> Int64? {
            guard skip(".") || skip(",") else { return 0 }
            var value: Int64 = 0
            var scale: Int64 = 100_000_000
            guard let first = nextDigit() else { return nil }
            value = first * scale
            while let digit = nextDigit() {
                scale /= 10
                value += digit * scale
            }
            return value
        }

        /// Seconds east of UTC.
        mutating func zone() -> Int64? {
            if skip("Z") || skip("z") { return 0 }
            let isEast = skip("+")
            guard isEast || skip("-"), let hours = number(digits: 2), skip(":"), let minutes = number(digits: 2),
                hours < 24, minutes < 60
            else { return nil }
            return (hours * 3600 + minutes * 60) * (isEast ? 1 : -1)
        }

        private mutating func nextDigit() -> Int64? {
            guard let byte = rest.first, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            rest.removeFirst()
            return Int64(byte - UInt8(ascii: "0"))
        }
    }
}
