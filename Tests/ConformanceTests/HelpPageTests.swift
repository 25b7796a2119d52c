// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import Testing

@testable import DockerCLI

/// Our help beside docker's pages, which stand in `reference/golden/help` next to the directory of the cases: one file
/// for each command, `docker_image_ls.txt`.
@Suite(.enabled(if: ConformanceFile.helpPages != nil, "no help pages beside DOCKERLITE_CONFORMANCE"))
struct HelpPageTests {
    /// Options that docker doesn't have; docs/compatibility.md names them.
    private static let ownOptions = [
        "dry-run", "except", "keep", "max-size", "pattern", "progress", "reference", "unused-for",
    ]

    @Test func `help pages are docker's, but for what only one of us has`() throws {
        let directory = try #require(ConformanceFile.helpPages)
        var report = ConformanceReport(file: "help pages")
        for name in try FileManager.default.contentsOfDirectory(atPath: directory).sorted() {
            let words = name.dropLast(4).split(separator: "_").dropFirst().map(String.init)
            guard let command = Self.command(words) else {
                report.leaveOut("no verb \(words.joined(separator: " "))")
                continue
            }
            let root = Self.docker(.top(program: "docker"))
            let actual = try CommandRun(now: .zero, input: "", config: [:]).run(root, words + ["--help"]).out
            let wanted = try String(contentsOfFile: directory + "/" + name, encoding: .utf8)
            if command.subcommands.isEmpty {
                report.check(name, actual == wanted, "got \(actual), not \(wanted)")
            } else {
                let missing = Self.listed(in: wanted, of: command).filter { !actual.contains("\n\($0)\n") }
                report.check(name, missing.isEmpty, "no lines \(missing)")
            }
        }
        report.finish()
    }

    private static func command(_ words: [String]) -> Command? {
        words.reduce(Command.top(program: "docker")) { $0?.subcommand(named: $1) }
    }

    /// The tree without our own options.
    private static func docker(_ command: Command) -> Command {
        var command = command
        let define = command.define
        command.define = { flags in
            let action = define(&flags)
            for name in ownOptions {
                if let index = flags.index(named: name) { flags.hide(Flag(name: name, initial: "", index: index)) }
            }
            return action
        }
        command.subcommands = command.subcommands.map(docker)
        return command
    }

    /// The lines of an overview about commands that we have, too.
    private static func listed(in page: String, of command: Command) -> [String] {
        page.split(separator: "\n").map(String.init).filter { line in
            guard let match = line.firstMatch(of: #/^  ([a-z]+) +[A-Z]/#) else { return false }
            return command.subcommand(named: String(match.1)) != nil
        }
    }
}
