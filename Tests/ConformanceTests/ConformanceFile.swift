// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// One file of cases in the directory that `DOCKERLITE_CONFORMANCE` names; each file's `about` explains its format.
struct ConformanceFile {
    let name: String
    let root: [String: Any]

    /// The directory with the case files; tests that need it are skipped when it is unset.
    static let directory = ProcessInfo.processInfo.environment["DOCKERLITE_CONFORMANCE"]

    /// docker's help pages, beside the directory.
    static let helpPages: String? = directory.flatMap { directory in
        let path = (directory as NSString).deletingLastPathComponent + "/reference/golden/help"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// Whether `name` can be read; for `.enabled(if:)`.
    static func isAvailable(_ name: String) -> Bool {
        directory.map { FileManager.default.isReadableFile(atPath: $0 + "/" + name) } ?? false
    }

    init(_ name: String) throws {
        let directory = try #require(Self.directory)
        let data = try Data(contentsOf: URL(fileURLWithPath: directory + "/" + name))
        self.name = name
        self.root = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    /// The list of case objects under `key`; empty when this file holds none of them.
    func cases(_ key: String = "cases") -> [[String: Any]] {
        root[key] as? [[String: Any]] ?? []
    }
}
