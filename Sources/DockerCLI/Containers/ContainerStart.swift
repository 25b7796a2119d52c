// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container start`, `docker start`.
    static var containerStart: Command {
        Command(
            "start", usage: "[OPTIONS] CONTAINER [CONTAINER...]", "Start one or more stopped containers",
            arguments: .atLeast(1), paths: ["container start", "start"]
        ) { flags in
            let attach = flags.bool("attach", short: "a", "Attach STDOUT/STDERR and forward signals")
            let interactive = flags.bool("interactive", short: "i", "Attach container's STDIN")
            let checkpoint = flags.string("checkpoint", "Restore from this checkpoint")
            let directory = flags.string("checkpoint-dir", "Use a custom checkpoint storage directory")
            let streams = AttachFlags(&flags, signalUsage: nil)
            return .local { parsed, context in
                for flag in [checkpoint, directory] where parsed.isChanged(flag) {
                    throw StatusError("--\(flag.name) is not supported: there are no checkpoints")
                }
                let host = try ContainerHost(context)
                guard parsed[attach] || parsed[interactive] else {
                    return try host.forEach(
                        parsed.arguments, ending: { "Error: failed to start containers: " + $0.joined(separator: ", ") }
                    ) { try host.engine.start($0) }
                }
                guard parsed.arguments.count == 1 else {
                    throw StatusError("you cannot start and attach multiple containers at once")
                }
                var options = try streams.options(parsed, context)
                options.proxiesSignals = true
                return try start(parsed.arguments[0], options, takesInput: parsed[interactive], host)
            }
        }
    }

    private static func start(
        _ name: String, _ options: AttachOptions, takesInput: Bool, _ host: ContainerHost
    ) throws -> ExitCode {
        let context = host.context
        let container = try host.engine.inspect(name)
        var options = options
        if !takesInput || !container.spec.openStdin { options.stdin = nil }
        if container.spec.tty { try context.checkTerminal(attachesStdin: options.stdin != nil, tty: true) }
        try context.out.flush()
        do {
            let outcome =
                container.state.isActive
                ? try host.engine.attach(name, options: options) : try host.engine.run(name, attach: options)
            return try context.exitCode(
                of: outcome, startsProgram: true, proxiesSignals: options.proxiesSignals)
        } catch let error as ContainerError {
            throw StatusError(context.text(of: error))
        }
    }
}
