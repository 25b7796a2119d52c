// SPDX-License-Identifier: Apache-2.0

/// Byte counts for people, as docker's `go-units` prints and reads them.
public enum HumanSize {
    private static let decimalUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
    private static let binaryUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]

    /// Units of 1000 (`4.26MB`), rounded to `digits` significant digits: docker uses 3 for the sizes of images, layers
    /// and containers, 4 for totals and progress. As in docker, 999 600 with 3 digits is `1e+03kB`.
    /// - Parameter size: bytes.
    public static func decimal(_ size: Double, digits: Int = 4) -> String {
        format(size, base: 1000, units: decimalUnits, digits: digits)
    }

    public static func decimal(_ size: some BinaryInteger, digits: Int = 4) -> String {
        decimal(Double(size), digits: digits)
    }

    /// Units of 1024 (`1.5GiB`), four significant digits.
    /// - Parameter size: bytes.
    public static func binary(_ size: Double) -> String {
        format(size, base: 1024, units: binaryUnits, digits: 4)
    }

    public static func binary(_ size: some BinaryInteger) -> String {
        binary(Double(size))
    }

    /// Reads `32`, `32k`, `1.5 MB`, `32KiB`; every unit counts in powers of 1000.
    /// - Returns: bytes.
    public static func parseDecimal(_ text: String) throws(SizeError) -> Int64 {
        try parse(text, base: 1000)
    }

    /// Reads `32`, `32k`, `1.5 MB`, `32KiB`; every unit counts in powers of 1024 (docker's memory options).
    /// - Returns: bytes.
    public static func parseBinary(_ text: String) throws(SizeError) -> Int64 {
        try parse(text, base: 1024)
    }

    private static func format(_ size: Double, base: Double, units: [String], digits: Int) -> String {
        var value = size
        var unit = 0
        while value >= base, unit + 1 < units.count {
            value /= base
            unit += 1
        }
        return GoFloat.general(value, digits: digits) + units[unit]
    }

    private static func parse(_ text: String, base: Double) throws(SizeError) -> Int64 {
        let bytes = Array(text.utf8)
        let isNumeric: (UInt8) -> Bool = { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: ".") }
        let space = bytes.firstIndex(of: 0x20)
        guard let end = space ?? bytes.lastIndex(where: isNumeric).map({ $0 + 1 }) else { throw .invalidSize(text) }
        let suffix = String(decoding: bytes[end...].dropFirst(space == nil ? 0 : 1), as: UTF8.self)
        let value: Double
        do { value = try GoFloat.parse(String(decoding: bytes[..<end], as: UTF8.self)) } catch {
            throw .invalidNumber(error)
        }
        guard !(value < 0) else { throw .invalidSize(text) }
        let factor = try factor(of: suffix, base: base)
        // Go would wrap to a negative number here; nothing of that size exists.
        guard let count = Int64(exactly: (value * factor).rounded(.towardZero)) else {
            throw .invalidNumber(NumberError(function: "ParseFloat", text: text, reason: .range))
        }
        return count
    }

    private static func factor(of suffix: String, base: Double) throws(SizeError) -> Double {
        if suffix.isEmpty { return 1 }
        guard suffix.utf8.count <= 3 else { throw .invalidSuffix(suffix) }
        let letters = Array(suffix.lowercased().utf8)
        if letters == [UInt8(ascii: "b")] { return 1 }
        let isByteUnit =
            letters.dropFirst().isEmpty || ["b", "ib"].contains { letters.dropFirst().elementsEqual($0.utf8) }
        guard isByteUnit, let power = Array("kmgtp".utf8).firstIndex(of: letters[0]) else {
            throw .invalidSuffix(suffix.lowercased())
        }
        return (0...power).reduce(1.0) { product, _ in product * base }
    }
}
