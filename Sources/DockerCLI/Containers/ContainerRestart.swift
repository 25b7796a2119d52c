// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container restart`, `docker restart`.
    static var containerRestart: Command {
        Command(
            "restart", usage: "[OPTIONS] CONTAINER [CONTAINER...]", "Restart one or more containers",
            arguments: .atLeast(1),
            paths: ["container restart", "restart"]
        ) { flags in
            let signal = flags.string("signal", short: "s", "Signal to send to the container")
            let timeout = flags.int("timeout", short: "t", "Seconds to wait before killing the container")
            let time = flags.int("time", "Seconds to wait before killing the container")
            flags.deprecate(time, "use --timeout instead")
            return .local { parsed, context in
                let host = try ContainerHost(context)
                let seconds =
                    parsed.isChanged(timeout) ? parsed[timeout] : parsed.isChanged(time) ? parsed[time] : nil
                return try host.forEach(parsed.arguments) {
                    try host.engine.restart($0, signal: parsed.text(signal), seconds: seconds)
                }
            }
        }
    }
}
