// SPDX-License-Identifier: Apache-2.0

extension Command {
    /// `docker system df`.
    static var systemDiskUsage: Command {
        Command("df", usage: "[OPTIONS]", "Show docker disk usage", arguments: .none) { flags in
            let format = flags.string("format", FormatHelp.listing)
            let verbose = flags.bool("verbose", short: "v", "Show detailed information on space usage")
            return .local { parsed, context in
                let source = parsed[format].isEmpty ? ListingFormat.defaultSource : parsed[format]
                let usage = try UsageCollector(context)
                if parsed[verbose] {
                    let style = RowStyle(context, truncates: source.hasPrefix("table"))
                    context.out.write(try usage.report(style).text(format: source))
                } else {
                    context.out.write(try ListingFormat(UsageRow.format(source)).text(usage.rows()))
                }
                return .success
            }
        }
    }
}
