// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker volume rm`.
    static var volumeRemove: Command {
        Command(
            "rm", usage: "[OPTIONS] VOLUME [VOLUME...]", "Remove one or more volumes",
            long: "Remove one or more volumes. You cannot remove a volume that is in use by a container.",
            arguments: .atLeast(1), aliases: ["remove"]
        ) { flags in
            let force = flags.bool("force", short: "f", "Force the removal of one or more volumes")
            return .local { parsed, context in
                let host = try ContainerHost(context)
                return try host.forEach(parsed.arguments) {
                    try host.engine.removeVolume($0, force: parsed[force])
                }
            }
        }
    }
}
