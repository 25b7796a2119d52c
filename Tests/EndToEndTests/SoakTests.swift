// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Eight processes at once in one store, a short form of `scripts/soak.sh`.
struct SoakTests {
    /// What a command may say because of what others did meanwhile.
    private static let expected = [
        "No such image", "reference does not exist", "a prune operation is already running",
        "image is referenced in multiple",
    ]

    private static func commands(_ names: [String], _ worker: Int, _ directory: String) -> [[String]] {
        let (image, other) = (names[worker % names.count], names[(worker + 1) % names.count])
        return [
            ["pull", "-q", image], ["tag", image, "soak:\(worker % 3)"], ["pull", "-q", other], ["images", "-a"],
            ["save", "-o", "\(directory)/\(worker).tar", image], ["rmi", "soak:\(worker % 3)"],
            ["image", "prune", "-f"], ["rmi", "-f", other], ["load", "-q", "-i", "\(directory)/\(worker).tar"],
            ["image", "prune", "-a", "-f"],
        ]
    }

    @Test func `processes that change one store at once end as one alone would, and leave nothing`() async throws {
        let registry = FakeRegistry()
        let shared = try TestLayer(["shared": [0]])
        for number in 0..<4 {
            let own = try TestLayer.random(size: 200 << 10, seed: UInt64(number))
            try registry.add(TestImage(layers: [shared, own]), to: "soak\(number)", tag: "1")
        }
        let server = try await FaultServer.start(handler: registry.answer)
        let names = (0..<4).map { "\(server.host)/soak\($0):1" }
        let dockerlite = try DockerliteProcess()
        let scratch = try TemporaryDirectory()
        let complaints = try await withThrowingTaskGroup(of: [String].self) { group in
            for worker in 0..<8 {
                let commands = Self.commands(names, worker, scratch.path)
                group.addTask {
                    try await background { try commands.compactMap { try Self.complaint($0, dockerlite) } }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(complaints.isEmpty, "\(complaints.joined(separator: "\n"))")
        try StoreExpectations(root: dockerlite.root, context: "eight processes").expectSound()
        _ = try await background { try dockerlite.run("image", "prune", "-a", "-f") }
        try StoreExpectations(root: dockerlite.root, context: "after the last prune").expectCleanAfterSweep()
        let blobs = try FileManager.default.contentsOfDirectory(atPath: dockerlite.root + "/blobs/sha256")
        #expect(blobs.isEmpty)
        await server.stop()
    }

    /// What a command said that it should not have.
    private static func complaint(_ arguments: [String], _ dockerlite: DockerliteProcess) throws -> String? {
        let result = try dockerlite.run(arguments)
        guard result.status != 0 else { return nil }
        // The archive of an image that somebody removed was never written.
        if arguments.first == "load", result.errors.contains("no such file or directory") { return nil }
        let lines = result.errors.split(separator: "\n").filter { line in
            !expected.contains { line.contains($0) }
        }
        return lines.isEmpty && result.status == 1 ? nil : "\(arguments): \(result.status) \(result.errors)"
    }
}
