// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine
import ImageStore

extension Command {
    /// `docker image prune`.
    static var imagePrune: Command {
        Command("prune", usage: "[OPTIONS]", "Remove unused images", arguments: .none) { flags in
            let options = ImagePruneFlags(&flags)
            return .local { parsed, context in
                let isDryRun = parsed[options.dryRun]
                // docker asks before its engine looks at the filters.
                if !parsed[options.force], !isDryRun { try context.confirm(options.warning(parsed)) }
                let policy = try options.policy(parsed, context)
                let report = try context.reachingLayers().openStore().prune(policy, isDryRun: isDryRun)
                report.printImages(to: context.out)
                context.printReclaimed(report.freedBytes, isDryRun: isDryRun)
                return .success
            }
        }
    }
}

extension PruneReport {
    /// Bytes that are really free on the disk now: blobs and unpacked layers that nothing else uses, and leftovers.
    var freedBytes: Int64 { freed.diskBytes + swept.bytes }

    /// The section of `prune`; nothing without images.
    func printImages(to out: Output) {
        guard !records.isEmpty else { return }
        out.print("Deleted Images:")
        for record in records {
            switch record {
            case .untagged(let reference): out.print("untagged: \(reference)")
            case .deleted(let digest): out.print("deleted: \(digest)")
            }
        }
        out.print("")
    }
}

extension Context {
    func printReclaimed(_ bytes: Int64, isDryRun: Bool) {
        out.print("Total \(isDryRun ? "reclaimable" : "reclaimed") space: \(HumanSize.decimal(bytes))")
    }
}
