// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import TestSupport

@testable import DockerCLI

/// A case of the section `commands`: a command line, what docker's engine would answer, and what the client prints.
///
/// The command line goes through the whole of our command line's code. Without an answer the verb itself runs, on an
/// empty store; with one, `SimulatedVerb` takes the place of its work on the store.
struct CommandCase {
    let entry: [String: Any]
    let now: Timestamp

    var name: String { "\(command) \(arguments): \(entry["origin"] as? String ?? "?")" }
    private var command: String { entry["command"] as? String ?? "" }
    private var arguments: [String] { entry["args"] as? [String] ?? [] }
    private var backend: Any? { entry["backend"].flatMap { $0 is NSNull ? nil : $0 } }

    /// Why the case does not apply; nil when it does.
    var reasonToLeaveOut: String? {
        var level: Command? = .top(program: "docker")
        for word in command.split(separator: " ") { level = level?.subcommand(named: String(word)) }
        return level == nil ? "no verb \(command)" : nil
    }

    /// What differs; empty for nothing.
    func differences() async throws -> String {
        let outcome = try await outcome()
        var found: [String] = []
        if let text = entry["error_contains"] as? String {
            // docker's client has an error for a refused prompt, which it doesn't print.
            let isCancelled = text.hasSuffix("has been cancelled") && outcome.err.isEmpty
            let isShown = outcome.code != 0 && Self.bare(outcome.err).localizedStandardContains(Self.bare(text))
            if !isCancelled, !isShown { found.append("code \(outcome.code), stderr \(outcome.err), not \(text)") }
        } else if outcome.code != 0 {
            found.append("code \(outcome.code), stderr \(outcome.err)")
        }
        if let text = entry["stdout"] as? String, outcome.out != text { found.append("\(outcome.out), not \(text)") }
        // docker 28 starts its hint with an empty line.
        if let text = entry["stderr"] as? String, outcome.err != text, outcome.err != "\n" + text {
            // An engine of a later version has no prefix.
            if !isSameLines(outcome.err, text) { found.append("stderr \(outcome.err), not \(text)") }
        }
        if let lines = entry["stdout_lines_trimmed"] as? [String] {
            let trimmed = outcome.out.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            if trimmed != lines { found.append("\(trimmed), not \(lines)") }
        }
        return found.joined(separator: "; ")
    }

    /// Whether all that differs is what the engine's answers start with.
    private func isSameLines(_ actual: String, _ wanted: String) -> Bool {
        return wanted.isEmpty
            ? actual.isEmpty || entry["exit_ok"] as? Bool == true : Self.bare(actual) == Self.bare(wanted)
    }

    /// Without what stands before an engine's answer, which depends on its version.
    private static func bare(_ text: String) -> String {
        text.replacing(#/(?m)^Error( response from daemon)?: /#, with: "")
    }

    private func outcome() async throws -> CommandRun.Outcome {
        let answer = backend as? [String: Any] ?? [:]
        if let name = answer["pulled"] as? String { return try await pull(name) }
        let run = try commandRun()
        var root = Command.top(program: "docker")
        if backend != nil, SimulatedVerb.applies(to: answer, of: command) {
            let simulated = SimulatedVerb(command: command, answer: UncheckedBox(answer), now: now)
            root = Self.replacing(root, command.split(separator: " ").map(String.init), with: simulated)
        }
        return run.run(root, command.split(separator: " ").map(String.init) + arguments)
    }

    private func commandRun(engine: [String: Any] = [:]) throws -> CommandRun {
        let config = (backend as? [String: Any])?["config"] as? [String: Any] ?? [:]
        return try CommandRun(now: now, input: entry["stdin"] as? String ?? "", config: config, engine: engine)
    }

    /// A real pull from a mirror that has the image; the case has no progress.
    private func pull(_ name: String) async throws -> CommandRun.Outcome {
        let registry = FakeRegistry()
        let parts = name.split(separator: ":").map(String.init)
        try registry.add(TestImage(layers: []), to: "library/" + parts[0], tag: parts.count > 1 ? parts[1] : "latest")
        let server = try await FaultServer.start { registry.answer($0) }
        let run = try commandRun(engine: ["registry-mirrors": [server.url]])
        let words = command.split(separator: " ").map(String.init)
        let outcome = run.run(.top(program: "docker"), words + ["--progress", "none"] + arguments)
        await server.stop()
        return outcome
    }

    /// The tree with another action at the end of `path`.
    private static func replacing(_ command: Command, _ path: [String], with verb: SimulatedVerb) -> Command {
        var command = command
        guard let word = path.first else {
            let define = command.define
            command.define = { flags in
                _ = define(&flags)
                let declared = flags
                return .local { parsed, context in
                    try verb.run(NamedOptions(flags: declared, parsed: parsed), context)
                }
            }
            return command
        }
        command.subcommands = command.subcommands.map { child in
            guard child.name == word || child.aliases.contains(word) else { return child }
            return replacing(child, Array(path.dropFirst()), with: verb)
        }
        return command
    }
}
