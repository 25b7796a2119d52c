// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine
import ImageStore
import OCI

/// The options of `image prune`. Those that docker doesn't have select among all images, tagged ones too.
struct ImagePruneFlags: Sendable {
    let all, force, dryRun: Flag<Bool>
    let filter: Flag<[NamedValue]>
    let keep: Flag<Int>
    let maximumSize, unusedFor: Flag<String>
    let references, exceptions: Flag<[String]>

    init(_ flags: inout FlagSet) {
        all = flags.bool("all", short: "a", "Remove all unused images, not just dangling ones")
        dryRun = flags.bool("dry-run", "Show what would be removed and freed, and touch nothing")
        exceptions = flags.list("except", "Keep images whose reference matches a `pattern`")
        filter = flags.filter("filter", "Provide filter values (e.g. \"until=<timestamp>\")")
        force = flags.bool("force", short: "f", "Do not prompt for confirmation")
        keep = flags.int("keep", "Keep the newest `n` tags of each repository (implies --all)")
        maximumSize = flags.string(
            "max-size", "Remove the least recently used images until the store is below a `size` (implies --all)")
        references = flags.list("reference", "Only images whose reference matches a `pattern` (implies --all)")
        unusedFor = flags.string("unused-for", "Only images not used for an `age` such as 30d (implies --all)")
    }

    /// Whether tagged images are removed, too.
    func includesTagged(_ parsed: ParsedArguments) -> Bool {
        parsed[all] || parsed.isChanged(keep) || parsed.isChanged(maximumSize) || parsed.isChanged(unusedFor)
            || parsed.isChanged(references)
    }

    func policy(_ parsed: ParsedArguments, _ context: Context) throws -> PrunePolicy {
        let isAll = includesTagged(parsed)
        let conditions = try context.pruneConditions(parsed[filter])
        let own = FilterCondition("dangling", isAll ? "false" : "true")
        var policy = PrunePolicy(try context.pruneFilter(conditions + [own]), onlyDangling: !isAll)
        if parsed.isChanged(keep) {
            guard parsed[keep] >= 0 else { throw StatusError("invalid --keep \(parsed[keep]): it is negative") }
            policy.keepPerRepository = parsed[keep]
        }
        if parsed.isChanged(maximumSize) { policy.maximumSize = try HumanSize.parseDecimal(parsed[maximumSize]) }
        if parsed.isChanged(unusedFor) {
            let age = try UnusedAge(parsed[unusedFor])
            policy.unusedSince = context.clock().subtracting(age.duration).unixSeconds
        }
        policy.references = try parsed[references].map { try GlobPattern($0) }
        policy.exceptions = try parsed[exceptions].map { try GlobPattern($0) }
        return policy
    }

    /// docker's warning, with what our own options narrow it down to.
    func warning(_ parsed: ParsedArguments) -> String {
        guard includesTagged(parsed) else { return "WARNING! This will remove all dangling images." }
        let warning = "WARNING! This will remove all images without at least one container associated to them."
        var limits: [String] = []
        if parsed.isChanged(keep) { limits.append("all but the newest \(parsed[keep]) of each repository") }
        if parsed.isChanged(maximumSize) { limits.append("only until the store is below \(parsed[maximumSize])") }
        if parsed.isChanged(unusedFor) { limits.append("not used for \(parsed[unusedFor])") }
        limits += parsed[references].map { "reference \($0)" }
        limits += parsed[exceptions].map { "except \($0)" }
        if limits.isEmpty { return warning }
        return warning + "\n\n  Limited to:\n" + limits.map { "  - \($0)\n" }.joined()
    }
}

extension PrunePolicy {
    init(_ filter: PruneFilter, onlyDangling: Bool) {
        self.init()
        self.onlyDangling = onlyDangling
        createdBefore = filter.createdBefore
        labels = filter.labels
        excludedLabels = filter.notLabels
    }
}

extension Context {
    /// Filters as docker's engine refuses them.
    func pruneFilter(_ conditions: [FilterCondition]) throws -> PruneFilter {
        do { return try PruneFilter(conditions, at: filterMoment) } catch {
            throw StatusError(errorPrefix + "\(error)")
        }
    }
}
