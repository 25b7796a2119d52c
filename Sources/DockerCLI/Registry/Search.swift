// SPDX-License-Identifier: Apache-2.0
import Engine
import RegistryClient

extension Command {
    private static let defaultSearchLimit = 25

    /// `docker search`.
    static var search: Command {
        Command(
            "search", usage: "[OPTIONS] TERM", "Search Docker Hub for images", arguments: .exactly(1),
            category: .common(9)
        ) { flags in
            let filter = flags.filter("filter", short: "f", "Filter output based on conditions provided")
            let format = flags.string("format", "Pretty-print search using a Go template")
            let limit = flags.int("limit", "Max number of search results")
            let noTrunc = flags.bool("no-trunc", "Don't truncate output")
            return .network { parsed, context in
                let filter = try SearchFilter(parsed[filter].map { FilterCondition($0) })
                // Like docker's client, which doesn't send a limit below one.
                let limit = parsed[limit] > 0 ? parsed[limit] : defaultSearchLimit
                guard limit <= 100 else {
                    throw StatusError(context.errorPrefix + "limit \(limit) is outside the range of [1, 100]")
                }
                let results = try await context.withRegistry { registry, _ in
                    try await registry.search(parsed.arguments[0], limit: limit)
                }
                let style = RowStyle(context, truncates: !parsed[noTrunc])
                let rows = results.filter(filter.passes).map { SearchRow($0, style: style) }
                context.out.write(try ListingFormat(SearchRow.format(parsed[format])).text(rows))
                return .success
            }
        }
    }
}

extension SearchRow {
    init(_ result: SearchResult, style: RowStyle) {
        self.init(
            name: result.name, description: result.description, stars: result.stars, isOfficial: result.isOfficial,
            style: style)
    }
}
