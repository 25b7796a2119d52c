// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container attach`, `docker attach`.
    static var containerAttach: Command {
        Command(
            "attach", usage: "[OPTIONS] CONTAINER",
            "Attach local standard input, output, and error streams to a running container", arguments: .exactly(1),
            paths: ["container attach", "attach"]
        ) { flags in
            let noInput = flags.bool("no-stdin", "Do not attach STDIN")
            let streams = AttachFlags(&flags, signalUsage: "Proxy all received signals to the process")
            return .local { parsed, context in
                let name = parsed.arguments[0]
                let host = try ContainerHost(context)
                let container = try host.engine.inspect(name)
                switch container.state.status {
                case .running: break
                case .paused: throw StatusError("You cannot attach to a paused container, unpause it first")
                case .restarting:
                    throw StatusError("You cannot attach to a restarting container, wait until it is running")
                default: throw StatusError("You cannot attach to a stopped container, start it first")
                }
                var options = try streams.options(parsed, context)
                if parsed[noInput] || !container.spec.openStdin { options.stdin = nil }
                // A terminal's signals come as keys.
                if container.spec.tty { options.proxiesSignals = false }
                try context.checkTerminal(attachesStdin: options.stdin != nil, tty: container.spec.tty)
                try context.out.flush()
                return try context.exitCode(
                    of: host.engine.attach(name, options: options), startsProgram: false,
                    proxiesSignals: options.proxiesSignals)
            }
        }
    }
}
