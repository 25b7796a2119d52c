// SPDX-License-Identifier: Apache-2.0

extension Command {
    /// `system check`: is every image whole? docker has no such command.
    static var systemCheck: Command {
        Command(
            "check", usage: "[OPTIONS]", "Check the store, and repair it",
            long:
                "Compare the catalog, the blobs and index.json. Exits with 1 when something is wrong and stays wrong. "
                + "Downloads that were interrupted are no damage.",
            arguments: .none
        ) { flags in
            let deep = flags.bool("deep", "Read every blob and compare its digest")
            let repair = flags.bool(
                "repair", "Fetch damaged and missing blobs again, drop orphans, rebuild a lost catalog")
            let format = flags.string("format", FormatHelp.listing)
            return .local { parsed, context in
                let source = parsed[format].isEmpty ? ListingFormat.defaultSource : parsed[format]
                let check = StoreCheck(
                    context: try parsed[repair] ? context.reachingLayers() : context, isDeep: parsed[deep],
                    repairs: parsed[repair],
                    format: try ListingFormat(ProblemRow.format(source)), showsSummary: source.hasPrefix("table"))
                return try check.run()
            }
        }
    }
}
