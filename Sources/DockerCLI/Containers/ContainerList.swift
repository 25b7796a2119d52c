// SPDX-License-Identifier: Apache-2.0
import Containers
import RegistryClient

extension Command {
    /// `docker container ls`, `docker ps`.
    static var containerList: Command {
        Command(
            "ls", usage: "[OPTIONS]", "List containers", arguments: .none, aliases: ["list", "ps"],
            paths: ["container ls", "container list", "container ps", "ps"]
        ) { flags in
            let all = flags.bool("all", short: "a", "Show all containers (default shows just running)")
            let filter = flags.filter("filter", short: "f", "Filter output based on conditions provided")
            let format = flags.string("format", FormatHelp.listing)
            let last = flags.int(
                "last", short: "n", default: -1, "Show n last created containers (includes all states)")
            let latest = flags.bool("latest", short: "l", "Show the latest created container (includes all states)")
            let noTrunc = flags.bool("no-trunc", "Don't truncate output")
            let quiet = flags.bool("quiet", short: "q", "Only display container IDs")
            let size = flags.bool("size", short: "s", "Display total file sizes")
            return .local { parsed, context in
                if parsed[quiet], !parsed[format].isEmpty {
                    context.err.print(
                        "WARNING: Ignoring custom format, because both --format and --quiet are set.")
                }
                var source = parsed[format]
                if source.isEmpty, !parsed[quiet] { source = context.clientConfig().psFormat ?? "" }
                let style = RowStyle(context, truncates: !parsed[noTrunc])
                let asksSize = try !source.isEmpty && ContainerFormatProbe.run(source, style: style)
                let expanded = ContainerFormat.expanded(source, quiet: parsed[quiet], showsSize: parsed[size])
                let listing = try ListingFormat(expanded)
                let limit = parsed[latest] ? 1 : parsed[last]
                let request = ContainerListRequest(
                    filter: try ContainerFilter(parsed[filter]), showsAll: parsed[all] || limit > 0,
                    limit: limit > 0 ? limit : nil, showsSize: parsed.isChanged(size) ? parsed[size] : asksSize)
                let host = try ContainerHost(context)
                let rows = try request.run(on: host).map { ContainerRow(container: $0, style: style) }
                context.out.write(try listing.text(rows))
                return .success
            }
        }
    }
}
