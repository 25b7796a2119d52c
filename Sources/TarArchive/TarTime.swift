// SPDX-License-Identifier: Apache-2.0

/// A time stamp of an archive entry, with the nanoseconds that pax headers and file systems keep.
public struct TarTime: Hashable, Sendable {
    /// Seconds since 1970, negative before.
    public var seconds: Int64
    /// 0 to 999 999 999, counted forward from `seconds` also before 1970.
    public var nanoseconds: Int32

    public init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Reads a pax time, `[-]seconds[.fraction]`; digits beyond nanoseconds are cut off. Nil when it is none.
    init?(pax text: ArraySlice<UInt8>) {
        let isNegative = text.first == UInt8(ascii: "-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : []
        guard let whole = parts.first, !whole.isEmpty, whole.count <= 18, (whole + fraction).allSatisfy(Self.isDigit)
        else { return nil }
        let seconds = whole.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
        let digits = Array(fraction.prefix(9))
        let nanoseconds = (digits + [UInt8](repeating: 0x30, count: 9 - digits.count))
            .reduce(Int32(0)) { $0 * 10 + Int32($1 - 0x30) }
        if !isNegative {
            self.init(seconds: seconds, nanoseconds: nanoseconds)
        } else if nanoseconds == 0 {
            self.init(seconds: -seconds)
        } else {
            self.init(seconds: -seconds - 1, nanoseconds: 1_000_000_000 - nanoseconds)
        }
    }

    /// The pax form, without trailing zeros.
    var pax: String {
        guard nanoseconds != 0 else { return String(seconds) }
        let isNegative = seconds < 0
        let whole = isNegative ? -(seconds + 1) : seconds
        var fraction = String(isNegative ? 1_000_000_000 - nanoseconds : nanoseconds)
        fraction = String(repeating: "0", count: 9 - fraction.utf8.count) + fraction
        while fraction.last == "0" { fraction.removeLast() }
        return "\(isNegative ? "-" : "")\(whole).\(fraction)"
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
