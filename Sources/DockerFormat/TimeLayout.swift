// SPDX-License-Identifier: Apache-2.0

/// A layout for reading times, a list of Go's reference elements; its text is what Go's error messages quote.
struct TimeLayout {
    /// The elements docker's layouts are made of; the raw value is Go's notation.
    enum Element: String {
        case year = "2006"
        case month = "01"
        case day = "02"
        case hour = "15"
        case minute = "04"
        case second = "05"
        case fraction = ".999999999"
        case zone = "Z07:00"
        case dash = "-"
        case colon = ":"
        case timeMark = "T"
    }

    let elements: [Element]

    var text: String { elements.map(\.rawValue).joined() }

    static let date = TimeLayout(elements: [.year, .dash, .month, .dash, .day])
    static let toHour = TimeLayout(elements: date.elements + [.timeMark, .hour])
    static let toMinute = TimeLayout(elements: toHour.elements + [.colon, .minute])
    static let toSecond = TimeLayout(elements: toMinute.elements + [.colon, .second])
    static let toFraction = TimeLayout(elements: toSecond.elements + [.fraction])
    static let rfc3339Nano = toFraction.withZone

    var withZone: TimeLayout { TimeLayout(elements: elements + [.zone]) }

    /// Go's `time.ParseInLocation`; `zone` counts when the layout has no zone element.
    func parse(_ text: String, zone: Zone) throws(TimeError) -> (time: Timestamp, offset: Int) {
        var scanner = TimeScanner(text: text, layout: self)
        return try scanner.scan(zone: zone)
    }
}
