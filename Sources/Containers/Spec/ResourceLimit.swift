// SPDX-License-Identifier: Apache-2.0

/// A POSIX resource limit of the container's processes (`--ulimit name=soft[:hard]`).
public struct ResourceLimit: Sendable, Equatable, Codable {
    public var name: String
    /// −1 is unlimited.
    public var soft: Int64
    public var hard: Int64

    static let names: Set<String> = [
        "as", "core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss",
        "rtprio", "rttime", "sigpending", "stack",
    ]

    public init(name: String, soft: Int64, hard: Int64) {
        self.name = name
        self.soft = soft
        self.hard = hard
    }

    /// Parses `name=soft[:hard]` with the texts of docker's client.
    public init(parsing text: String) throws(ContainerError) {
        guard let equals = text.firstIndex(of: "=") else {
            throw .syntax("invalid ulimit argument: \(text)")
        }
        let name = String(text[..<equals])
        guard Self.names.contains(name) else { throw .syntax("invalid ulimit type: \(name)") }
        let values = text[text.index(after: equals)...].split(separator: ":", omittingEmptySubsequences: false)
        guard values.count <= 2 else {
            throw .syntax(
                "too many limit value arguments - \(text[text.index(after: equals)...]), can only have up to two, `soft[:hard]`"
            )
        }
        guard let soft = Int64(values[0]) else {
            throw .syntax("strconv.ParseInt: parsing \"\(values[0])\": invalid syntax")
        }
        var hard = soft
        if values.count == 2 {
            guard let second = Int64(values[1]) else {
                throw .syntax("strconv.ParseInt: parsing \"\(values[1])\": invalid syntax")
            }
            hard = second
        }
        if hard != -1, soft == -1 || soft > hard {
            throw .syntax(
                "ulimit soft limit must be less than or equal to hard limit: \(soft == -1 ? "-1" : String(soft)) > \(hard)"
            )
        }
        self.init(name: name, soft: soft, hard: hard)
    }
}
