// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat
import Engine
import ImageStore

/// What `system prune` was asked to remove: containers, then volumes and images, which containers no longer hold then.
struct SystemPruneRequest {
    let all: Bool
    let volumes: Bool
    let isDryRun: Bool
    let conditions: [FilterCondition]

    /// docker's words, build cache included: scripts and people know them.
    var warning: String {
        var lines = ["all stopped containers", "all networks not used by at least one container"]
        if volumes { lines.append("all anonymous volumes not used by at least one container") }
        lines.append(all ? "all images without at least one container associated to them" : "all dangling images")
        lines.append(all ? "all build cache" : "unused build cache")
        var text = "WARNING! This will remove:\n" + lines.map { "  - \($0)\n" }.joined()
        let shown = conditions.filter { ["label", "label!", "until"].contains($0.name) }
        let filters = shown.map { "\($0.name)=\($0.value)" }.sorted(by: NaturalOrder.precedes)
        if !filters.isEmpty {
            text += "\n  Items to be pruned will be filtered with:\n" + filters.map { "  - \($0)\n" }.joined()
        }
        return text
    }

    /// Removes, and prints a section for each kind and one total.
    func run(_ context: Context) throws {
        let filter = try context.pruneFilter(conditions)
        let store = try context.openStore()
        let containers = try ContainerEngine(EngineOptions(root: context.storeRoot()), images: store)
        var reclaimed = try pruneContainers(containers, filter, context.out)
        if volumes { reclaimed += try pruneVolumes(containers, filter, context.out) }
        let policy = PrunePolicy(filter, onlyDangling: !all)
        let report = try store.prune(policy, isDryRun: isDryRun)
        report.printImages(to: context.out)
        context.printReclaimed(reclaimed + report.freedBytes, isDryRun: isDryRun)
    }

    private func pruneContainers(
        _ containers: ContainerEngine, _ filter: PruneFilter, _ out: Output
    ) throws -> Int64 {
        let options = PruneOptions(filter)
        let (ids, reclaimed) = isDryRun ? try containers.prunable(options) : try containers.prune(options)
        Self.printSection("Deleted Containers:", ids.map(\.hex), out)
        return reclaimed
    }

    /// Anonymous volumes only, as docker since API version 1.42.
    private func pruneVolumes(_ containers: ContainerEngine, _ filter: PruneFilter, _ out: Output) throws -> Int64 {
        let (names, reclaimed) = try UnusedVolumes(engine: containers, includesNamed: false, filter: filter)
            .remove(isDryRun: isDryRun)
        Self.printSection("Deleted Volumes:", names, out)
        return reclaimed
    }

    static func printSection(_ title: String, _ lines: [String], _ out: Output) {
        guard !lines.isEmpty else { return }
        out.print(title)
        for line in lines { out.print(line) }
        out.print("")
    }
}
