// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat

/// One of the three networks that docker makes by itself; there are no others here.
struct BuiltInNetwork {
    static let all = ["bridge", "host", "none"].map { BuiltInNetwork($0) }

    let name: String

    init(_ name: String) {
        self.name = name
    }

    var driver: String { name == "none" ? "null" : name }

    /// The same on every machine: docker's are random.
    var id: String {
        let digits = name.utf8.flatMap { byte in [byte >> 4, byte & 15] }
        let text = digits.map { String($0, radix: 16) }.joined()
        return text + String(repeating: "0", count: 64 - text.utf8.count)
    }

    /// By name, ID or a beginning of the ID.
    static func find(_ text: String) throws -> BuiltInNetwork {
        if text.trimmed().isEmpty { throw ContainerError.emptyName(of: "network") }
        let match = all.first { $0.name == text || $0.id == text } ?? all.first { $0.id.hasPrefix(text) }
        guard let match else { throw NoSuchObject("network \(text) not found") }
        return match
    }
}
