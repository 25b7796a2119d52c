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
            let ending = StopFlags(&flags)
            return .local { parsed, context in
                let host = try ContainerHost(context)
                return try host.forEach(parsed.arguments) {
                    try host.engine.stop($0, signal: ending.signal(parsed), seconds: ending.seconds(parsed))
                }
            }
        }
    }
}
