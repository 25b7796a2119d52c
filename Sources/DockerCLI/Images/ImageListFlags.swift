// SPDX-License-Identifier: Apache-2.0
import Engine
import RegistryClient

/// The options of `image ls`.
struct ImageListFlags: Sendable {
    let all, digests, noTrunc, quiet, tree: Flag<Bool>
    let filter: Flag<[NamedValue]>
    let format: Flag<String>

    init(_ flags: inout FlagSet) {
        all = flags.bool("all", short: "a", "Show all images (default hides intermediate images)")
        digests = flags.bool("digests", "Show digests")
        filter = flags.filter("filter", short: "f", "Filter output based on conditions provided")
        format = flags.string("format", FormatHelp.listing)
        noTrunc = flags.bool("no-trunc", "Don't truncate output")
        quiet = flags.bool("quiet", short: "q", "Only show image IDs")
        tree = flags.bool("tree", "List multi-platform images as a tree (EXPERIMENTAL)")
    }

    func request(_ parsed: ParsedArguments, _ context: Context) throws -> ImageListRequest {
        try checkTree(parsed)
        var source = parsed[format]
        if source.isEmpty, !parsed[quiet], !parsed[tree] { source = context.clientConfig().imagesFormat ?? "" }
        if source.isEmpty { source = ListingFormat.defaultSource }
        // docker doesn't count an empty pattern as one.
        let pattern = parsed.arguments.first.flatMap { $0.isEmpty ? nil : $0 }
        var conditions = parsed[filter].map { FilterCondition($0) }
        if let pattern { conditions.append(FilterCondition("reference", pattern)) }
        return ImageListRequest(
            format: ImageFormat(source, quiet: parsed[quiet], showsDigests: parsed[digests]),
            conditions: conditions, pattern: pattern, includesIntermediates: parsed[all], truncates: !parsed[noTrunc],
            showsTree: parsed[tree])
    }

    private func checkTree(_ parsed: ParsedArguments) throws {
        guard parsed[tree] else { return }
        let conflicts = [
            ("--quiet", parsed[quiet]), ("--no-trunc", parsed[noTrunc]), ("--show-digest", parsed[digests]),
            ("--format", !parsed[format].isEmpty),
        ]
        if let conflict = conflicts.first(where: \.1) {
            throw StatusError("\(conflict.0) is not yet supported with --tree")
        }
    }
}
