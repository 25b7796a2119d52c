// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container kill`, `docker kill`.
    static var containerKill: Command {
        Command(
            "kill", usage: "[OPTIONS] CONTAINER [CONTAINER...]", "Kill one or more running containers",
            arguments: .atLeast(1),
            paths: ["container kill", "kill"]
        ) { flags in
            let signal = flags.string("signal", short: "s", "Signal to send to the container")
            return .local { parsed, context in
                let host = try ContainerHost(context)
                return try host.forEach(parsed.arguments) {
                    try host.engine.kill($0, signal: parsed.text(signal) ?? "SIGKILL")
                }
            }
        }
    }
}
