// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI

extension ImageStore {
    /// Deletes those of the given blobs and layer trees that nothing reaches any more.
    ///
    /// Under the exclusive lock dead things are only renamed into `trash/`; the unlinking, which may take long, comes
    /// after it. The leases are read before the catalog: who publishes and then drops its lease is seen in one of them.
    func collect(blobs: some Collection<Digest>, trees: some Collection<Digest>) throws -> SweepReport {
        var report = SweepReport()
        var trash: [String] = []
        let lock = try collectorLock(.exclusive)
        let leased = try leasedDigests()
        let (deadBlobs, deadTrees) = try writing(.process) { catalog in
            let deadBlobs = try blobs.filter { try !leased.contains($0) && !catalog.isBlobUsed($0) }
            let deadTrees = try trees.filter { try !leased.contains($0) && !catalog.isTreeUsed($0) }
            for blob in deadBlobs { try catalog.forgetBlob(blob) }
            return (deadBlobs, deadTrees)
        }
        for blob in deadBlobs {
            guard let status = try FileStatus.of(layout.blob(blob)) else { continue }
            trash.append(try moveToTrash(layout.blob(blob)))
            report.blobs += 1
            report.bytes += status.size
        }
        var remains: [String] = []
        for tree in deadTrees where try FileStatus.of(layout.layer(tree)) != nil {
            remains.append(try moveToTrash(layout.layer(tree)))
            report.trees += 1
        }
        _ = consume lock
        for path in trash { try files.unlink(path) }
        // What can't be unlinked now (a tree of a user namespace that this process isn't in) is trash for the next one.
        for path in remains { report.bytes += (try? removeTree(path)) ?? 0 }
        return report
    }

    /// Deletes what is in the trash: leftovers of processes that died while deleting.
    func emptyTrash() throws {
        for name in try DirectoryListing.names(in: layout.trash) { _ = try? removeTree("\(layout.trash)/\(name)") }
    }

    /// Deletes a whole store, or any other tree, as far as that is possible. Nobody must be using it.
    public static func removeTree(_ path: String) {
        var remover = TreeRemover()
        try? remover.remove(path)
    }

    /// Bytes freed.
    func removeTree(_ path: String) throws -> Int64 {
        try files.announce(.unlink(path))
        var remover = TreeRemover()
        try remover.remove(path)
        return remover.bytes
    }

    private func moveToTrash(_ path: String) throws -> String {
        try files.restoreDirectory(layout.trash[...])
        let target = "\(layout.trash)/\(RandomName.make())"
        try files.rename(path, to: target)
        return target
    }
}
