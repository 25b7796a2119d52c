// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container pause`, `docker pause`.
    static var containerPause: Command {
        Command(
            "pause", usage: "CONTAINER [CONTAINER...]", "Pause all processes within one or more containers",
            arguments: .atLeast(1),
            paths: ["container pause", "pause"]
        ) { _ in
            return .local { parsed, context in
                let host = try ContainerHost(context)
                return try host.forEach(parsed.arguments) { try host.engine.pause($0) }
            }
        }
    }
}
