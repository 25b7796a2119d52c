// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine

extension Command {
    /// `docker volume prune`.
    static var volumePrune: Command {
        Command("prune", usage: "[OPTIONS]", "Remove unused local volumes", arguments: .none) { flags in
            let all = flags.bool("all", short: "a", "Remove all unused volumes, not just anonymous ones")
            let filter = flags.filter("filter", "Provide filter values (e.g. \"label=<label>\")")
            let force = flags.bool("force", short: "f", "Do not prompt for confirmation")
            return .local { parsed, context in
                var conditions = try context.pruneConditions(parsed[filter])
                let wishes = conditions.filter { $0.name == "all" }
                conditions.removeAll { $0.name == "all" }
                if parsed[all], !wishes.isEmpty {
                    throw StatusError("conflicting options: cannot specify both --all and --filter all=1")
                }
                if !parsed[force] {
                    let kind = parsed[all] ? "all local volumes" : "anonymous local volumes"
                    try context.confirm(
                        "WARNING! This will remove \(kind) not used by at least one container.")
                }
                for condition in conditions where !["label", "label!"].contains(condition.name) {
                    throw FilterError.unknownName(condition.name)
                }
                let includesNamed = try wishes.reduce(parsed[all]) { try $0 || GoBool.parse($1.value) }
                let volumes = UnusedVolumes(
                    engine: try ContainerHost(context).engine, includesNamed: includesNamed,
                    filter: try context.pruneFilter(conditions))
                let (names, reclaimed) = try volumes.remove()
                SystemPruneRequest.printSection("Deleted Volumes:", names, context.out)
                context.printReclaimed(reclaimed, isDryRun: false)
                return .success
            }
        }
    }
}
