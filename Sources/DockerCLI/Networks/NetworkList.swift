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
                let listing = try ListingFormat(NetworkRow.format(source, quiet: parsed[quiet]))
                let style = RowStyle(context, truncates: !parsed[noTrunc])
                let rows = try BuiltInNetwork.all.filter { try holds(parsed[filter], $0) }
                context.out.write(try listing.text(rows.map { NetworkRow(network: $0, style: style) }))
                return .success
            }
        }
    }

    /// Of several conditions with one name any may hold; labels all must.
    private static func holds(_ conditions: [NamedValue], _ network: BuiltInNetwork) throws -> Bool {
        let groups = Dictionary(grouping: conditions, by: \.name)
        return try groups.allSatisfy { name, values in
            try values.contains { try holds($0, network) }
        }
    }

    private static func holds(_ condition: NamedValue, _ network: BuiltInNetwork) throws -> Bool {
        switch condition.name {
        case "driver": return condition.value == network.driver
        case "id": return network.id.contains(condition.value)
        case "name": return network.name.contains(condition.value)
        case "scope": return condition.value == "local"
        case "label": return false
        case "dangling": return try !GoBool.parse(condition.value)
        case "type":
            guard ["builtin", "custom"].contains(condition.value) else {
                throw FilterError.notBoolean(name: "type", values: [condition.value])
            }
            return condition.value == "builtin"
        default: throw FilterError.unknownName(condition.name)
        }
    }
}
