// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import DockerFormat
import Glibc
import OCI

extension ImageStore {
    /// Clears what interrupted work left behind.
    @discardableResult
    public func sweep(_ policy: SweepPolicy = SweepPolicy()) throws -> SweepReport {
        try requireWritable()
        return try translatingErrors {
            try emptyTrash()
            let now = options.now().unixSeconds
            let orphanLimit = now - policy.orphanAge.components.seconds
            // What an image still waits for that is to be restored looks like orphans.
            let hasLostImages = try !lostImages().isEmpty
            var report = try collect(
                blobs: try digests(in: layout.blobs, olderThan: orphanLimit) {
                    try !hasLostImages && !$0.isBlobUsed($1)
                },
                trees: try digests(in: layout.layers, olderThan: orphanLimit) { try !$0.isTreeUsed($1) }
            )
            report.bytes += try sweepUnfinishedLayers()
            report += try sweepIngest(olderThan: now - policy.partialAge.components.seconds)
            return report
        }
    }

    /// The digests that name files in a directory, were not changed since, and for which the condition holds.
    private func digests(
        in directory: String, olderThan limit: Int64, _ condition: (Catalog, Digest) throws -> Bool
    ) throws -> [Digest] {
        let names = try DirectoryListing.names(in: directory)
        let unused = try reading { catalog in
            try names.compactMap { try? Digest(hex: $0) }.filter { try condition(catalog, $0) }
        }
        return try unused.filter { (try FileStatus.of("\(directory)/\($0.hex)")?.modified ?? .max) <= limit }
    }

    /// Trees whose unpacking was killed. Bytes freed.
    private func sweepUnfinishedLayers() throws -> Int64 {
        var bytes: Int64 = 0
        for name in try DirectoryListing.names(in: layout.layers) {
            guard let diffID = StoreLayout.unfinishedDiffID(name),
                let lock = try FileLock.attempt(layout.layerLock(diffID), .exclusive, files: files)
            else { continue }
            bytes += try removeTree("\(layout.layers)/\(name)")
            try files.unlink(layout.layerLock(diffID))
            _ = consume lock
        }
        return bytes
    }

    private func sweepIngest(olderThan limit: Int64) throws -> SweepReport {
        var report = SweepReport()
        let names = try DirectoryListing.names(in: layout.ingest)
        let staging = names.filter { $0.hasSuffix(".staging") }
        let areas = names.filter { $0.hasSuffix(StagingArea.suffix) }
        if !staging.isEmpty || !areas.isEmpty {
            let lock = try collectorLock(.exclusive)
            for name in staging { report += try sweepStaging("\(layout.ingest)/\(name)") }
            for name in areas { report.bytes += try StagingArea.sweep("\(layout.ingest)/\(name)", self) }
            _ = consume lock
        }
        for name in names {
            if let digest = try? Digest(hex: name.prefix { $0 != "." }) {
                report += try sweepPartial(digest, olderThan: limit)
            }
        }
        return report
    }

    /// A staging file whose writer is gone can never be finished, whatever its age.
    private func sweepStaging(_ path: String) throws -> SweepReport {
        guard let file = try FileOperations.open(path), flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            return SweepReport()
        }
        var report = SweepReport()
        report.bytes = Int64(try file.status().st_size)
        try files.unlink(path)
        return report
    }

    private func sweepPartial(_ digest: Digest, olderThan limit: Int64) throws -> SweepReport {
        var report = SweepReport()
        let partial = try FileStatus.of(layout.partial(digest))
        if let partial, partial.modified > limit { return report }
        guard let lock = try FileLock.attempt(layout.partialLock(digest), .exclusive, files: files) else {
            return report
        }
        if let partial {
            report.partials = 1
            report.bytes = partial.size
        }
        try files.unlink(layout.partialState(digest))
        try files.unlink(layout.partial(digest))
        try files.unlink(layout.partialLock(digest))
        _ = consume lock
        return report
    }
}
