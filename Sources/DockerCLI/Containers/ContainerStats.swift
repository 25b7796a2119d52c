// SPDX-License-Identifier: Apache-2.0
import Containers
import RegistryClient

extension Command {
    /// `docker container stats`, `docker stats`.
    static var containerStats: Command {
        Command(
            "stats", usage: "[OPTIONS] [CONTAINER...]",
            "Display a live stream of container(s) resource usage statistics", arguments: .any,
            paths: ["container stats", "stats"]
        ) { flags in
            let all = flags.bool("all", short: "a", "Show all containers (default shows just running)")
            let format = flags.string("format", FormatHelp.listing)
            let noStream = flags.bool("no-stream", "Disable streaming stats and only pull the first result")
            let noTrunc = flags.bool("no-trunc", "Do not truncate output")
            return .local { parsed, context in
                var source = parsed[format]
                if source.isEmpty { source = context.clientConfig().string("statsFormat") ?? "" }
                if source.isEmpty { source = ListingFormat.defaultSource }
                let listing = try ListingFormat(StatsRow.format(source))
                var monitor = StatsMonitor(
                    host: try ContainerHost(context), names: parsed.arguments, showsAll: parsed[all],
                    style: RowStyle(context, truncates: !parsed[noTrunc]))
                try monitor.checkNames()
                _ = try monitor.rows()
                repeat {
                    monitor.wait(isFirst: parsed[noStream])
                    let text = try listing.text(monitor.rows())
                    context.out.write(parsed[noStream] ? text : StatsMonitor.overwriting(text))
                    try context.out.flush()
                } while !parsed[noStream]
                return .success
            }
        }
    }
}
