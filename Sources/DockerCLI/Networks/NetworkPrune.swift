// SPDX-License-Identifier: Apache-2.0
import Engine

extension Command {
    /// `docker network prune`: the built-in networks stay, and there are no others.
    static var networkPrune: Command {
        Command("prune", usage: "[OPTIONS]", "Remove all unused networks", arguments: .none) { flags in
            let filter = flags.filter("filter", "Provide filter values (e.g. \"until=<timestamp>\")")
            let force = flags.bool("force", short: "f", "Do not prompt for confirmation")
            return .local { parsed, context in
                let conditions = try context.pruneConditions(parsed[filter])
                if !parsed[force] {
                    try context.confirm(
                        "WARNING! This will remove all custom networks not used by at least one container.")
                }
                for condition in conditions where condition.name == "dangling" {
                    throw FilterError.unknownName(condition.name)
                }
                _ = try context.pruneFilter(conditions)
                return .success
            }
        }
    }
}
