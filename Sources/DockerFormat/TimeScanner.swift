// SPDX-License-Identifier: Apache-2.0

/// Reads one text by a layout with the leniencies of Go's `time.Parse`: one-digit hours, a fraction after the seconds
/// whether or not the layout has one, a comma before it.
struct TimeScanner {
    private let text: String
    private let layout: TimeLayout
    private var rest: ArraySlice<UInt8>
    private var time = CivilTime(year: 1, month: 1, day: 1)
    private var nanosecond: Int32 = 0
    private var offset: Int?

    init(text: String, layout: TimeLayout) {
        self.text = text
        self.layout = layout
        rest = Array(text.utf8)[...]
    }

    mutating func scan(zone: Zone) throws(TimeError) -> (time: Timestamp, offset: Int) {
        for element in layout.elements { try scan(element) }
        guard rest.isEmpty else { throw .extraText(text: text, rest: String(decoding: rest, as: UTF8.self)) }
        guard 1...time.daysInMonth ~= time.day else { throw .outOfRange(text: text, field: "day") }
        let civilSeconds = time.unixSeconds
        let seconds = offset ?? localOffset(civilSeconds, zone: zone)
        return (Timestamp(unixSeconds: civilSeconds - Int64(seconds), nanosecond: nanosecond), seconds)
    }

    private func localOffset(_ civilSeconds: Int64, zone: Zone) -> Int {
        // The offset is a function of the instant, which is what we look for: guess, then correct once (as Go does).
        let guess = zone.offset(at: civilSeconds).seconds
        return zone.offset(at: civilSeconds - Int64(guess)).seconds
    }

    private mutating func scan(_ element: TimeLayout.Element) throws(TimeError) {
        switch element {
        case .year: time.year = Int64(try number(digits: 4, of: element))
        case .month: time.month = try number(digits: 2, of: element, in: 1...12, "month")
        case .day: time.day = try number(digits: 2, of: element)
        case .hour: time.hour = try number(digits: oneDigitOnly ? 1 : 2, of: element, in: 0...23, "hour")
        case .minute: time.minute = try number(digits: 2, of: element, in: 0...59, "minute")
        case .second:
            time.second = try number(digits: 2, of: element, in: 0...59, "second")
            scanFraction()
        // Read with the seconds already, when there is one.
        case .fraction: break
        case .zone: try scanZone()
        case .dash, .colon, .timeMark:
            guard rest.starts(with: element.rawValue.utf8) else { throw mismatch(element) }
            rest.removeFirst()
        }
    }

    private var oneDigitOnly: Bool {
        rest.first.map(Self.isDigit) == true && rest.dropFirst().first.map(Self.isDigit) != true
    }

    private mutating func number(
        digits: Int, of element: TimeLayout.Element, in range: ClosedRange<Int>? = nil, _ field: String = ""
    ) throws(TimeError) -> Int {
        let prefix = rest.prefix(digits)
        guard prefix.count == digits, prefix.allSatisfy(Self.isDigit) else { throw mismatch(element) }
        rest.removeFirst(digits)
        let value = prefix.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        if let range, !range.contains(value) { throw .outOfRange(text: text, field: field) }
        return value
    }

    private mutating func scanFraction() {
        guard let mark = rest.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ",") else { return }
        let digits = rest.dropFirst().prefix(while: Self.isDigit)
        if digits.isEmpty { return }
        rest.removeFirst(1 + digits.count)
        let kept = digits.prefix(9).reduce(Int32(0)) { $0 * 10 + Int32($1 - UInt8(ascii: "0")) }
        nanosecond = (0..<max(0, 9 - digits.count)).reduce(kept) { value, _ in value * 10 }
    }

    private mutating func scanZone() throws(TimeError) {
        if rest.first == UInt8(ascii: "Z") {
            rest.removeFirst()
            offset = 0
            return
        }
        let zone = Array(rest.prefix(6))
        guard zone.count == 6, zone[3] == UInt8(ascii: ":"),
            zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-"),
            let hours = Self.twoDigits(zone[1...2]), let minutes = Self.twoDigits(zone[4...5])
        else { throw mismatch(.zone) }
        guard hours <= 24 else { throw .outOfRange(text: text, field: "time zone offset hour") }
        guard minutes <= 60 else { throw .outOfRange(text: text, field: "time zone offset minute") }
        rest.removeFirst(6)
        offset = (hours * 3600 + minutes * 60) * (zone[0] == UInt8(ascii: "-") ? -1 : 1)
    }

    private func mismatch(_ element: TimeLayout.Element) -> TimeError {
        let rest = String(decoding: rest, as: UTF8.self)
        return .mismatch(text: text, layout: layout.text, rest: rest, element: element.rawValue)
    }

    private static func twoDigits(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.allSatisfy(isDigit) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
