// SPDX-License-Identifier: Apache-2.0

/// Sizes as docker's flags take them: a number and a binary unit (`64m`, `1g`, `512KiB`).
public enum ByteCount {
    /// Parses a size into bytes.
    ///
    /// - Parameter key: the flag's name, for the error.
    public static func parse(_ text: String, key: String) throws(ContainerError) -> Int64 {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let unit = text.dropFirst(digits.count).lowercased()
        let shifts = ["": 0, "b": 0, "k": 10, "m": 20, "g": 30, "t": 40, "p": 50]
        let letter =
            unit.hasSuffix("ib")
            ? String(unit.dropLast(2)) : unit.count == 2 && unit.hasSuffix("b") ? String(unit.dropLast()) : unit
        guard let value = Double(digits), let shift = shifts[letter] else {
            throw .syntax("invalid value for \(key): \(text)")
        }
        let bytes = value * Double(Int64(1) << shift)
        guard bytes < Double(Int64.max) else { throw .syntax("invalid value for \(key): \(text)") }
        return Int64(bytes)
    }
}
