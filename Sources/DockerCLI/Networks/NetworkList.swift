// SPDX-License-Identifier: Apache-2.0
import Engine
import RegistryClient

extension Command {
    /// `docker network ls`.
    static var networkList: Command {
        Command("ls", usage: "[OPTIONS]", "List networks", arguments: .none, aliases: ["list"]) { flags in
            let filter = flags.filter("filter", short: "f", "Provide filter values (e.g. \"driver=bridge\")")
            let format = flags.string("format", FormatHelp.listing)
            let noTrunc = flags.bool("no-trunc", "Do not truncate the output")
            let quiet = flags.bool("quiet", short: "q", "Only display network IDs")
            return .local { parsed, context in
                var source = parsed[format]
                if source.isEmpty, !parsed[quiet] {
                    source = context.clientConfig().string("networksFormat") ?? ""
                }
                if source.isEmpty { source = ListingFormat.defaultSource }
                let conditions = parsed[filter].map { FilterCondition($0) }
                let filter = try FilterArguments(
                    conditions, accepting: ["dangling", "driver", "id", "label", "name", "scope", "type"])
                for value in filter["type"] where !["builtin", "custom"].contains(value) {
                    throw FilterError.notBoolean(name: "type", values: [value])
                }
                let isDangling = try filter.flag("dangling")
                let listing = try ListingFormat(NetworkRow.format(source, quiet: parsed[quiet]))
                let style = RowStyle(context, truncates: !parsed[noTrunc])
                let rows = BuiltInNetwork.all.filter { network in
                    isDangling != true && filter.any("driver") { $0 == network.driver }
                        && filter.matches("id", network.id) && filter.matches("name", network.name)
                        && filter.any("scope") { $0 == "local" } && filter.any("type") { $0 == "builtin" }
                        && filter.hold("label", in: [:])
                }
                context.out.write(try listing.text(rows.map { NetworkRow(network: $0, style: style) }))
                return .success
            }
        }
    }
}
