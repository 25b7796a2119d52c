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
                let options = try pruneOptions(parsed[filter], context)
                let report = try ContainerHost(context).engine.prune(options)
                if !report.ids.isEmpty {
                    context.out.print("Deleted Containers:")
                    for id in report.ids { context.out.print(id.hex) }
                    context.out.print("")
                }
                context.out.print("Total reclaimed space: \(HumanSize.decimal(report.reclaimed))")
                return .success
            }
        }
    }

    private static func pruneOptions(_ conditions: [NamedValue], _ context: Context) throws -> PruneOptions {
        var options = PruneOptions()
        for condition in conditions {
            switch condition.name {
            case "label": options.labels.append(condition.value)
            case "label!": options.notLabels.append(condition.value)
            case "until":
                guard options.createdBefore == nil else { throw FilterError.severalTimes }
                do {
                    options.createdBefore = try FilterTime.parse(
                        condition.value, now: context.clock(), zone: context.zone)
                } catch {
                    throw FilterError.invalidTime(error)
                }
            default: throw FilterError.unknownName(condition.name)
            }
        }
        return options
    }
}
