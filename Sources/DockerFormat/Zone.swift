// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A time zone: what to add to UTC at an instant, and what the result is called.
public struct Zone: Sendable {
    /// Seconds east of UTC, and the abbreviation (`UTC`, `CEST`, `-03`).
    public struct Offset: Hashable, Sendable {
        public var seconds: Int
        public var abbreviation: String

        public init(seconds: Int, abbreviation: String) {
            self.seconds = seconds
            self.abbreviation = abbreviation
        }
    }

    private let lookUp: @Sendable (_ unixSeconds: Int64) -> Offset

    /// A zone that asks `lookUp` for the offset at an instant in Unix seconds.
    public init(lookUp: @escaping @Sendable (_ unixSeconds: Int64) -> Offset) {
        self.lookUp = lookUp
    }

    public func offset(at unixSeconds: Int64) -> Offset {
        lookUp(unixSeconds)
    }

    public static let utc = Zone { _ in Offset(seconds: 0, abbreviation: "UTC") }

    public static func fixed(_ offset: Offset) -> Zone {
        Zone { _ in offset }
    }

    /// The zone of the machine: `TZ`, else `/etc/localtime`. As in Go, a `TZ` that names no zone file means UTC.
    public static func local(environment: [String: String]) -> Zone {
        if let name = environment["TZ"], !isZoneFile(name) { return .utc }
        return Zone { unixSeconds in
            var time = time_t(unixSeconds)
            var fields = tm()
            guard localtime_r(&time, &fields) != nil else { return Offset(seconds: 0, abbreviation: "UTC") }
            let abbreviation = fields.tm_zone.map { String(cString: $0) } ?? "UTC"
            return Offset(seconds: Int(fields.tm_gmtoff), abbreviation: abbreviation)
        }
    }

    private static let zoneDirectories = ["/usr/share/zoneinfo/", "/usr/share/lib/zoneinfo/", "/usr/lib/locale/TZ/"]

    private static func isZoneFile(_ setting: String) -> Bool {
        let name = setting.hasPrefix(":") ? String(setting.dropFirst()) : setting
        if name.isEmpty || name == "UTC" { return false }
        if name.hasPrefix("/") { return access(name, R_OK) == 0 }
        return zoneDirectories.contains { access($0 + name, R_OK) == 0 }
    }
}
