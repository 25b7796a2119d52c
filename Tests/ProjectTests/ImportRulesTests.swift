// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Holds every target to the imports that the design allows it (docs/architecture.md, "Targets").
struct ImportRulesTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Modules any target may import.
    private static let everywhere: Set<String> = ["Glibc", "Synchronization", "FoundationEssentials"]

    private static let allowed: [String: Set<String>] = [
        "OCI": ["DockerFormat", "CLinux"],
        "GoTemplate": [],
        "DockerFormat": [],
        "ByteStreams": ["OCI", "CISAL", "CZlib", "CZstd", "CCrypto", "CLinux"],
        "TarArchive": ["OCI", "ByteStreams", "CLinux"],
        "ImageStore": ["OCI", "ByteStreams", "TarArchive", "DockerFormat", "CSQLite", "CLinux"],
        "RegistryClient": [
            "OCI", "ByteStreams", "DockerFormat", "AsyncHTTPClient", "NIOCore", "NIOPosix", "NIOHTTP1", "NIOSSL",
            "Logging", "Subprocess", "CLinux",
        ],
        "Containers": ["OCI", "ByteStreams", "TarArchive", "ImageStore", "DockerFormat", "Subprocess", "CLinux"],
        "Engine": [
            "OCI", "ByteStreams", "TarArchive", "ImageStore", "RegistryClient", "Containers", "DockerFormat", "CLinux",
            "NIOCore",
            "NIOPosix", "Logging",
        ],
        "DockerCLI": [
            "OCI", "ImageStore", "RegistryClient", "Containers", "Engine", "GoTemplate", "DockerFormat", "Logging",
            "Dispatch", "ByteStreams",
        ],
        "dockerlite": ["CLinux", "DockerCLI"],
    ]

    /// GoTemplate is the strictest: it works on bytes and nothing else.
    private static let forbidden: [String: Set<String>] = ["GoTemplate": ["FoundationEssentials"]]

    @Test(arguments: allowed.keys.sorted())
    func `a target imports only what the design allows`(target: String) throws {
        let permitted = Self.everywhere.union(Self.allowed[target] ?? []).subtracting(Self.forbidden[target] ?? [])
        let imports = try Self.imports(of: target)
        #expect(!imports.isEmpty || target == "GoTemplate" || target == "DockerFormat", "no source found for \(target)")
        for (file, module) in imports where !permitted.contains(module) {
            Issue.record("\(target)/\(file) imports \(module)")
        }
    }

    @Test func `every target has a rule`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.path + "/Sources")
        let swiftTargets = folders.filter { folder in
            let files = FileManager.default.enumerator(atPath: Self.root.path + "/Sources/" + folder)
            return files?.contains { ($0 as? String)?.hasSuffix(".swift") ?? false } ?? false
        }
        #expect(Set(swiftTargets) == Set(Self.allowed.keys))
    }

    private static func imports(of target: String) throws -> [(file: String, module: String)] {
        let folder = root.path + "/Sources/" + target
        let files = try #require(FileManager.default.enumerator(atPath: folder))
        var found: [(String, String)] = []
        for case let file as String in files where file.hasSuffix(".swift") {
            let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
            for line in text.split(separator: "\n") {
                if let module = importedModule(line) { found.append((file, module)) }
            }
        }
        return found
    }

    /// The module of an import line, also of `@testable public import struct Module.Type`.
    private static func importedModule(_ line: Substring) -> String? {
        let words = line.split(separator: " ")
        guard let position = words.firstIndex(of: "import"), words.count > position + 1 else { return nil }
        let modifiers: Set<Substring> = ["public", "internal", "package", "private", "fileprivate"]
        guard words[..<position].allSatisfy({ $0.hasPrefix("@") || modifiers.contains($0) }) else { return nil }
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        let name = kinds.contains(words[position + 1]) ? words.dropFirst(position + 2).first : words[position + 1]
        return name.map { String($0.prefix { $0 != "." }) }
    }
}
