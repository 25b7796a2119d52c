// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Every row of the table of attacks in docs/security.md names tests that exist.
struct AttackTableTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let rows: [String] = {
        let text = (try? String(contentsOf: root.appendingPathComponent("docs/security.md"), encoding: .utf8)) ?? ""
        return text.components(separatedBy: "## Attacks and their tests").last?.components(separatedBy: "\n")
            .filter { $0.hasPrefix("| ") && !$0.hasPrefix("| Attack") } ?? []
    }()

    @Test func `the table is found`() {
        #expect(Self.rows.count > 40)
    }

    @Test(arguments: rows)
    func `a row names tests that exist`(row: String) throws {
        let cells = row.components(separatedBy: " | ")
        try #require(cells.count == 2)
        for part in cells[1].components(separatedBy: "`").dropFirst().pairs {
            let text = try Self.source(of: part.suite)
            #expect(!text.isEmpty, "there is no suite \(part.suite)")
            let names = part.names.trimmingCharacters(in: CharacterSet(charactersIn: ":;| "))
            for name in names.components(separatedBy: "; ") where !name.isEmpty {
                #expect(text.contains("func `\(name)"), "\(part.suite) has no test \"\(name)\"")
            }
        }
    }

    /// The files of a suite, which is named by its file, with the target before it where several have one.
    private static func source(of suite: String) throws -> String {
        let tests = root.appendingPathComponent("Tests")
        let parts = suite.components(separatedBy: "/")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: tests.path).filter { path in
            path.hasSuffix("/\(parts[parts.count - 1]).swift") && (parts.count == 1 || path.hasPrefix(parts[0] + "/"))
        }
        return try paths.map { try String(contentsOf: tests.appendingPathComponent($0), encoding: .utf8) }.joined()
    }
}

extension Sequence<String> {
    /// What stands in backquotes, and the text up to the next.
    fileprivate var pairs: [(suite: String, names: String)] {
        let parts = Array(self)
        return stride(from: 0, to: parts.count - 1, by: 2).map { (parts[$0], parts[$0 + 1]) }
    }
}
