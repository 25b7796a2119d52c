// SPDX-License-Identifier: Apache-2.0
import Containers
import Engine
import ImageStore

extension Command {
    /// `docker system prune`.
    static var systemPrune: Command {
        Command("prune", usage: "[OPTIONS]", "Remove unused data", arguments: .none) { flags in
            let all = flags.bool("all", short: "a", "Remove all unused images not just dangling ones")
            let dryRun = flags.bool("dry-run", "Show what would be removed and freed, and touch nothing")
            let filter = flags.filter("filter", "Provide filter values (e.g. \"label=<key>=<value>\")")
            let force = flags.bool("force", short: "f", "Do not prompt for confirmation")
            let volumes = flags.bool("volumes", "Prune anonymous volumes")
            return .local { parsed, context in
                if parsed[volumes], parsed[filter].contains(where: { $0.name == "until" }) {
                    throw StatusError("ERROR: The \"until\" filter is not supported with \"--volumes\"")
                }
                let conditions = try context.pruneConditions(parsed[filter])
                let request = SystemPruneRequest(
                    all: parsed[all], volumes: parsed[volumes], isDryRun: parsed[dryRun], conditions: conditions)
                if !parsed[force], !parsed[dryRun] { try context.confirm(request.warning) }
                try request.run(context.reachingLayers())
                return .success
            }
        }
    }
}
