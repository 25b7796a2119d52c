// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import GoTemplate

@testable import DockerCLI

/// A case of the section `inspector`: objects as `inspect` has them, and a format.
struct InspectorCase {
    let entry: [String: Any]

    var origin: String { "\(entry["origin"] as? String ?? "?") \(entry["format"] as? String ?? "")" }
    var wanted: String { (entry["stdout"] ?? entry["error_prefix"]) as? String ?? "" }
    let actual: String
    private let isError: Bool

    init(entry: [String: Any]) {
        self.entry = entry
        do {
            actual = String(decoding: try Self.output(entry), as: UTF8.self)
            isError = false
        } catch {
            actual = "\(error)"
            isError = true
        }
    }

    var isExpected: Bool {
        isError ? actual.hasPrefix(entry["error_prefix"] as? String ?? "(none)") : actual == wanted
    }

    private static func output(_ entry: [String: Any]) throws -> [UInt8] {
        var inspector = try Inspector(format: entry["format"] as? String ?? "")
        for case let element as [String: Any] in entry["elements"] as? [Any] ?? [] {
            let typed = (element["typed"] as? [String: String] ?? [:]).sorted { $0.key < $1.key }
            let text = (element["raw"] as? String).map { Array($0.utf8) }
            // Our objects always have both forms.
            let raw =
                try text.map { try JSONParser.parse($0) }
                ?? .object(
                    typed.map { JSONValue.Member(jsonName($0.key), .string($0.value)) })
            try inspector.add(InspectedObject(typed: structure(typed), raw: raw))
        }
        return inspector.output()
    }

    /// The struct of docker's test: the case has the names of its Go fields.
    private static func structure(_ fields: [(key: String, value: String)]) -> TemplateValue {
        let members = fields.map { name, value in
            (GoType.Field(name, .string, jsonName: jsonName(name)), TemplateValue.string(value))
        }
        return .structure(members, name: "inspect.testElement")
    }

    private static func jsonName(_ field: String) -> String {
        field == "DNS" ? "Dns" : field
    }
}
