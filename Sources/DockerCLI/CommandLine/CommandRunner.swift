// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// Finds the command that the arguments name, parses its options and runs it: cobra's walk as docker sets it up.
struct CommandRunner {
    let root: Command
    private var context: Context

    init(root: Command, context: Context) {
        self.root = root
        self.context = context
    }

    /// Runs the command of `arguments` (without the program's name) and prints its error, if any.
    /// - Returns: the exit code of the process.
    mutating func run(_ arguments: [String]) -> ExitCode {
        let code: ExitCode
        do {
            code = try execute(arguments)
        } catch {
            code = report(error)
        }
        return finish(code)
    }

    private mutating func execute(_ arguments: [String]) throws -> ExitCode {
        let resolved = ResolvedCommand(root, program: context.program, path: [])
        var parser = FlagParser(flags: resolved.flags, isInterspersed: false)
        do { try parser.parse(arguments) } catch { throw resolved.usageError(error) }
        for warning in parser.warnings { context.err.print(warning) }
        let parsed = ParsedArguments(commandLine: resolved.commandLine, parser: parser)
        if case .globals(let apply) = resolved.action { try apply(parsed, &context) }
        let target = try CommandSearch(root: resolved).find(parsed.arguments, wantsHelp: parsed[resolved.help])
        return try execute(target, isVersionAsked: resolved.version.map { parsed[$0] } ?? false)
    }

    private func execute(_ target: CommandSearch.Result, isVersionAsked: Bool) throws -> ExitCode {
        let resolved = target.command
        var parser = FlagParser(flags: resolved.flags, isInterspersed: resolved.command.isInterspersed)
        do { try parser.parse(target.arguments) } catch { throw resolved.usageError(error) }
        for warning in target.warnings + parser.warnings { context.out.print(warning) }
        let parsed = ParsedArguments(commandLine: resolved.commandLine, parser: parser)
        if target.wantsHelp || parsed[resolved.help] { return showHelp(resolved, on: context.out) }
        if let version = resolved.version, isVersionAsked || parsed[version] {
            let name = context.program == "docker" ? "Docker" : context.program
            context.out.print("\(name) version \(resolved.command.version ?? "")")
            return .success
        }
        if let error = resolved.argumentError(parsed.arguments) { throw error }
        return try perform(resolved, parsed)
    }

    private func perform(_ resolved: ResolvedCommand, _ parsed: ParsedArguments) throws -> ExitCode {
        switch resolved.action {
        case .local(let body): return try body(parsed, context)
        case .network(let body):
            let context = context
            return try NetworkTask.run(context) { try await body(parsed, context) }
        case .group, .globals: return showHelp(resolved, on: context.err)
        case .help:
            let top = ResolvedCommand(root, program: context.program, path: [])
            let target = try CommandSearch(root: top).find(parsed.arguments, wantsHelp: true)
            guard target.arguments.isEmpty else {
                throw StatusError("unknown help topic: \(target.arguments.joined(separator: " "))")
            }
            return showHelp(target.command, on: context.out)
        }
    }

    private func showHelp(_ resolved: ResolvedCommand, on output: Output) -> ExitCode {
        // Like docker, asks standard input's terminal: the page is as wide when it is piped into a pager.
        let columns = context.input.screen?.columns ?? 80
        output.write(HelpPage(resolved: resolved, columns: columns).text)
        return .success
    }

    private func report(_ error: any Error) -> ExitCode {
        if let error = error as? OutputError { return report(error) }
        let status = error as? StatusError ?? StatusError(context.text(of: error))
        // What the user must see first may still be in the buffer.
        try? context.out.flush()
        if !status.message.isEmpty {
            context.err.print(TerminalText.escaped(status.message, keepingLineBreaks: true))
        }
        return status.code
    }

    private func report(_ error: OutputError) -> ExitCode {
        if error.isBrokenPipe { return .brokenPipe }
        context.err.print("\(error)")
        return .failure
    }

    /// Writes what is left in the buffers: output that can't be written is a failure like any other.
    private func finish(_ code: ExitCode) -> ExitCode {
        do throws(OutputError) {
            try context.out.flush()
            try context.err.flush()
            return code
        } catch {
            return code == .success || error.isBrokenPipe ? report(error) : code
        }
    }
}
