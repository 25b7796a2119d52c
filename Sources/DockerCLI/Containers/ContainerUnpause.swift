// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container unpause`, `docker unpause`.
    static var containerUnpause: Command {
        Command(
            "unpause", usage: "CONTAINER [CONTAINER...]", "Unpause all processes within one or more containers",
            arguments: .atLeast(1),
            paths: ["container unpause", "unpause"]
        ) { _ in
            return .local { parsed, context in
                let host = try ContainerHost(context)
                return try host.forEach(parsed.arguments) { try host.engine.unpause($0) }
            }
        }
    }
}
