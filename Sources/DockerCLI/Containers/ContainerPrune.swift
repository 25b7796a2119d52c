// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat
import Engine

extension Command {
    /// `docker container prune`.
    static var containerPrune: Command {
        Command("prune", usage: "[OPTIONS]", "Remove all stopped containers", arguments: .none) { flags in
            let filter = flags.filter("filter", "Provide filter values (e.g. \"until=<timestamp>\")")
            let force = flags.bool("force", short: "f", "Do not prompt for confirmation")
            return .local { parsed, context in
                if !parsed[force] { try context.confirm("WARNING! This will remove all stopped containers.") }
                let conditions = try context.pruneConditions(parsed[filter])
                let options = try PruneOptions(context.pruneFilter(conditions))
                let report = try ContainerHost(context).engine.prune(options)
                SystemPruneRequest.printSection("Deleted Containers:", report.ids.map(\.hex), context.out)
                context.printReclaimed(report.reclaimed, isDryRun: false)
                return .success
            }
        }
    }
}

extension PruneOptions {
    init(_ filter: PruneFilter) {
        self.init()
        createdBefore = filter.createdBefore
        labels = filter.labels
        notLabels = filter.notLabels
    }
}
