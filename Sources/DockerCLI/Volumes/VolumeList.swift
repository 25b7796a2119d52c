// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat
import Engine
import RegistryClient

extension Command {
    /// `docker volume ls`.
    static var volumeList: Command {
        Command("ls", usage: "[OPTIONS]", "List volumes", arguments: .none, aliases: ["list"]) { flags in
            let filter = flags.filter("filter", short: "f", "Provide filter values (e.g. \"dangling=true\")")
            let format = flags.string("format", FormatHelp.listing)
            let quiet = flags.bool("quiet", short: "q", "Only display volume names")
            return .local { parsed, context in
                var source = parsed[format]
                if source.isEmpty, !parsed[quiet] {
                    source = context.clientConfig().string("volumesFormat") ?? ""
                }
                if source.isEmpty { source = ListingFormat.defaultSource }
                let conditions = parsed[filter].map { FilterCondition($0) }
                let filter = try FilterArguments(conditions, accepting: ["dangling", "driver", "label", "name"])
                let isUnused = try filter.flag("dangling")
                let listing = try ListingFormat(VolumeRow.format(source, quiet: parsed[quiet]))
                let engine = try ContainerHost(context).engine
                let uses = try engine.volumeUses()
                let style = RowStyle(context, truncates: false)
                let volumes = try engine.listVolumes().filter { volume in
                    isUnused.map { $0 == ((uses[volume.name] ?? 0) == 0) } ?? true
                        && filter.any("driver") { $0 == volume.driver } && filter.matches("name", volume.name)
                        && filter.hold("label", in: volume.allLabels)
                }
                let sorted = volumes.sorted { NaturalOrder.precedes($0.name, $1.name) }
                let rows = sorted.map { VolumeRow($0, style: style) }
                context.out.write(try listing.text(rows))
                return .success
            }
        }
    }
}
