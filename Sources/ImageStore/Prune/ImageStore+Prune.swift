// SPDX-License-Identifier: Apache-2.0

import OCI

extension ImageStore {
    /// Removes the images that `policy` selects, without force, then sweeps leftovers.
    ///
    /// Throws `.pruneRunning` when another process is pruning. A dry run is the same work rolled back, so it tells
    /// exactly what a prune at this moment would free.
    public func prune(_ policy: PrunePolicy, isDryRun: Bool = false) throws -> PruneReport {
        try requireWritable()
        return try translatingErrors {
            if isDryRun { return try pruneUnlocked(policy, isDryRun: true) }
            guard let lock = try FileLock.attempt(layout.pruneLock, .exclusive, files: files) else {
                throw StoreError.pruneRunning
            }
            let report = try pruneUnlocked(policy, isDryRun: false)
            _ = consume lock
            return report
        }
    }

    private func pruneUnlocked(_ policy: PrunePolicy, isDryRun: Bool) throws -> PruneReport {
        let usedBytes = policy.maximumSize == nil ? 0 : try usedBytes()
        let plan = PruneRun(policy, usedBytes: usedBytes, lastUse: lastUse, treeSize: measureTree)
        var run = plan
        let removal = try removing(RemoveOptions(isDryRun: isDryRun)) {
            run = plan
            try run.run(&$0)
        }
        return PruneReport(
            records: removal.records, freed: removal.freed, swept: isDryRun ? SweepReport() : try sweep(),
            decisions: run.decisions
        )
    }

    /// Bytes of the blobs of images and of the unpacked layers.
    private func usedBytes() throws -> Int64 {
        var bytes = try reading { try $0.blobBytes() }
        for name in try DirectoryListing.names(in: layout.layers) {
            if let diffID = try? Digest(hex: name) { bytes += try measureTree(diffID) }
        }
        return bytes
    }

    /// Bytes of the files of an unpacked layer, 0 when it is not unpacked.
    func measureTree(_ diffID: Digest) throws -> Int64 {
        var meter = TreeRemover(isRehearsal: true)
        try meter.remove(layout.layer(diffID))
        return meter.bytes
    }
}
