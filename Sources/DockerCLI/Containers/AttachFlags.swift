// SPDX-License-Identifier: Apache-2.0
import Containers
import RegistryClient

/// The options of verbs that connect the terminal with a container.
struct AttachFlags: Sendable {
    private let detachKeys: Flag<String>
    private let proxiesSignals: Flag<Bool>?

    /// - Parameter signalUsage: nil where signals aren't passed on.
    init(_ flags: inout FlagSet, signalUsage: String?) {
        detachKeys = flags.string("detach-keys", "Override the key sequence for detaching a container")
        proxiesSignals = signalUsage.map { flags.bool("sig-proxy", default: true, $0) }
    }

    /// All three streams, with the keys of the option or of the client's settings.
    func options(_ parsed: ParsedArguments, _ context: Context) throws -> AttachOptions {
        var options = AttachOptions(stdin: context.input.fileDescriptor)
        let configured = parsed.text(detachKeys) ?? context.clientConfig().string("detachKeys")
        if let configured, !configured.isEmpty { options.detachKeys = try DetachKeys(parsing: configured) }
        options.proxiesSignals = proxiesSignals.map { parsed[$0] } ?? false
        return options
    }
}

extension AttachOptions {
    /// Leaves out the streams that the container isn't attached to.
    mutating func limit(to spec: ContainerSpec) {
        if !spec.attachStdin { stdin = nil }
        if !spec.attachStdout { stdout = nil }
        if !spec.attachStderr { stderr = nil }
    }
}

extension Context {
    /// A terminal in the container needs one here to be typed into.
    func checkTerminal(attachesStdin: Bool, tty: Bool) throws {
        if attachesStdin, tty, !input.isTerminal { throw StatusError("the input device is not a TTY") }
    }

    /// What the end of a session means for our own exit code.
    /// - Parameters:
    ///   - startsProgram: for docker's client detaching is an error only where the container ran before.
    ///   - proxiesSignals: a client that takes all signals, to send them on, isn't killed by SIGPIPE either.
    func exitCode(
        of outcome: AttachOutcome, startsProgram: Bool, proxiesSignals: Bool
    ) throws(OutputError) -> ExitCode {
        switch outcome {
        case .exited(let code): return ExitCode(code)
        case .interrupted(let signal): return .signal(signal)
        case .detached:
            if startsProgram { return .success }
            err.print("read escape sequence")
            return .failure
        case .abandoned:
            err.write("\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n")
            return .failure
        case .unwritable(let stream, let code):
            let error = OutputError(errno: code, stream: stream)
            guard proxiesSignals else { throw error }
            err.print(error.description)
            return .failure
        }
    }
}
