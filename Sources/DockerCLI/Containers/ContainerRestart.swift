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
            let ending = StopFlags(&flags)
            return .local { parsed, context in
                let host = try ContainerHost(context)
                return try host.forEach(parsed.arguments) {
                    try host.engine.restart($0, signal: ending.signal(parsed), seconds: ending.seconds(parsed))
                }
            }
        }
    }
}
