// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container stop`, `docker stop`.
    static var containerStop: Command {
        Command(
            "stop", usage: "[OPTIONS] CONTAINER [CONTAINER...]", "Stop one or more running containers",
            arguments: .atLeast(1),
            paths: ["container stop", "stop"]
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
                    try host.engine.stop($0, signal: parsed.text(signal), seconds: seconds)
                }
            }
        }
    }
}
