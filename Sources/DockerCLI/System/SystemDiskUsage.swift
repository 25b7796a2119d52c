// SPDX-License-Identifier: Apache-2.0
import Engine
import ImageStore

extension Command {
    /// `docker system df`.
    static var systemDiskUsage: Command {
        Command("df", usage: "[OPTIONS]", "Show docker disk usage", arguments: .none) { flags in
            let format = flags.string("format", FormatHelp.listing)
            let verbose = flags.bool("verbose", short: "v", "Show detailed information on space usage")
            return .local { parsed, context in
                let store = try context.openStore()
                let source = parsed[format].isEmpty ? ListingFormat.defaultSource : parsed[format]
                if parsed[verbose] {
                    let report = try usageReport(store, truncates: source.hasPrefix("table"), context)
                    context.out.write(try report.text(format: source))
                } else {
                    context.out.write(try ListingFormat(UsageRow.format(source)).text(usageRows(store)))
                }
                return .success
            }
        }
    }

    /// One row for each kind. Nothing here builds images, so there is no build cache.
    private static func usageRows(_ store: ImageStore) throws -> [UsageRow] {
        let usage = try store.diskUsage()
        return [
            UsageRow(
                kind: .images, total: usage.imageCount, active: usage.activeImageCount, size: usage.layersSize,
                reclaimable: usage.reclaimable),
            UsageRow(kind: .containers), UsageRow(kind: .volumes), UsageRow(kind: .buildCache),
        ]
    }

    private static func usageReport(
        _ store: ImageStore, truncates: Bool, _ context: Context
    ) throws -> UsageReport {
        let style = RowStyle(context, truncates: truncates)
        let images = try store.images(ListOptions(withUsage: true)).map { image in
            ImageRow.usageRow(
                of: ImageListing(image, references: image.references, knowsSharing: true), style: style)
        }
        return UsageReport(images: images, containers: [], volumes: [])
    }
}
