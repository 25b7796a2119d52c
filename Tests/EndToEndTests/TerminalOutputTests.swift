// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What appears on a real terminal, which script(1) makes, and what goes into a pipe.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "needs script(1)"))
struct TerminalOutputTests {
    private let docker: DockerliteProcess

    init() throws {
        docker = try DockerliteProcess(program: "docker")
    }

    /// The bytes that `line` sends to a terminal of that size.
    private func screen(_ line: String, rows: Int = 24, columns: Int = 80) throws -> String {
        let result = try docker.shell(
            """
            cat >session <<'END'
            stty rows \(rows) cols \(columns)
            \(line)
            END
            timeout 60 script -qefc 'sh session' screen </dev/null >/dev/null 2>&1
            """)
        #expect(result.status == 0, "\(result.text)\(result.errors)")
        let text = try String(contentsOfFile: docker.workingDirectory + "/screen", encoding: .utf8)
        // Without script's own first and last line.
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("Script started on") && !$0.hasPrefix("Script done on") }
            .joined(separator: "\n").trimmingCharacters(in: .newlines)
    }

    @Test func `control characters of an image are shown, never obeyed`() throws {
        let attack = "\u{1b}]0;owned\u{07}\u{1b}[2J"
        let image = try TestImage(
            layers: [try TestLayer(["f": [1]], form: .plain)], labels: ["x": #"\u001b]0;owned\u0007\u001b[2J"#])
        #expect(try docker.run("load", input: image.archive(as: "evil:1")).status == 0)
        for line in [
            "docker image ls --format '{{.Repository}}'; docker inspect -f '{{.Config.Labels.x}}' evil:1",
            "docker inspect evil:1", "docker image inspect -f '{{json .Config.Labels}}' evil:1",
        ] {
            let shown = try screen(line)
            #expect(!shown.contains("\u{1b}") && !shown.contains("\u{07}"), "\(line): \(shown)")
            #expect(shown.contains("owned"), "\(line): \(shown)")
        }
        #expect(try docker.run("inspect", "-f", "{{.Config.Labels.x}}", "evil:1").text == attack + "\n")
    }

    @Test func `a pull redraws its lines in place and leaves them complete`() async throws {
        let registry = FakeRegistry()
        let layers = try (0..<3).map { try TestLayer(["f\($0)": [UInt8](repeating: UInt8($0), count: 40_000)]) }
        let descriptors = try registry.add(TestImage(layers: layers), to: "app", tag: "1")
        let server = try await FaultServer.start(handler: registry.answer)
        let shown = try screen("docker pull \(server.host)/app:1", columns: 60)
        // Up to a line, clear it, write it, and down again.
        #expect(shown.contains("\u{1b}[3A") && shown.contains("\u{1b}[2K"), "\(shown)")
        for layer in descriptors { #expect(shown.contains("\(layer.digest.short): Pull complete"), "\(shown)") }
        #expect(shown.hasSuffix("\r\n\(server.host)/app:1"), "\(shown)")
        let piped = try docker.run("pull", "\(server.host)/app:1")
        #expect(!piped.text.contains("\u{1b}"))
        await server.stop()
    }

    @Test func `a terminal that is shorter than the layer list keeps its last lines right`() async throws {
        let registry = FakeRegistry()
        let layers = try (0..<12).map { try TestLayer(["f\($0)": [UInt8($0)]]) }
        try registry.add(TestImage(layers: layers), to: "app", tag: "1")
        let server = try await FaultServer.start(handler: registry.answer)
        let shown = try screen("docker pull \(server.host)/app:1", rows: 5, columns: 30)
        // Never further up than the terminal has lines.
        for move in shown.matches(of: #/\u{1b}\[(\d+)A/#) { #expect(Int(move.1) ?? 0 < 5, "\(shown)") }
        #expect(shown.hasSuffix("\r\n\(server.host)/app:1"), "\(shown)")
        #expect(try docker.run("image", "exists", "\(server.host)/app:1").status == 0)
        await server.stop()
    }
}
