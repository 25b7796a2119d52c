// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc
import OCI

extension ImageStore {
    /// Compares catalog, blobs and index.json. `deep` reads and hashes every blob; otherwise sizes must do.
    /// Changes nothing.
    public func check(deep: Bool) throws -> CheckReport {
        try translatingErrors {
            var report = CheckReport()
            let needed: [Digest]
            (report.catalog, report.wrongCounts, needed) = try reading { catalog in
                (try catalog.integrityProblems(), try catalog.wrongCounts(), try catalog.neededBlobs())
            }
            report.lost = try lostImages()
            for blob in needed { try check(blob, deep: deep, &report) }
            try findOrphans(needed: Set(needed), &report)
            try checkIndex(&report)
            return report
        }
    }

    private func checkIndex(_ report: inout CheckReport) throws {
        let before = try reading { try (index: $0.ociIndex(), isBehind: $0.isIndexStale()) }
        let isCurrent = try FileOperations.open(layout.index)?.readAll(limit: 1 << 30) == before.index.bytes
        // Others may have changed it between the two looks.
        let after = try reading { try (generation: $0.ociIndex().generation, isBehind: $0.isIndexStale()) }
        report.isIndexBehind = before.isBehind || after.isBehind
        report.isIndexStale =
            !isCurrent && !report.isIndexBehind && before.index.generation == after.generation
    }

    private func check(_ digest: Digest, deep: Bool, _ report: inout CheckReport) throws {
        report.checkedBlobs += 1
        // Without a row only the digest is known of it.
        let record =
            try blob(digest)
            ?? BlobRecord(
                digest: digest, size: -1, mediaType: .octetStream, facts: nil, sources: [], isDamaged: false
            )
        guard let kind = try defect(of: record, deep: deep, &report) else { return }
        // It may have been deleted, with its images, since the list was made.
        let images = try reading { try $0.images(with: digest) }
        guard !images.isEmpty else { return }
        report.blobs.append(BlobDefect(blob: record, kind: kind, images: images))
    }

    private func defect(
        of record: BlobRecord, deep: Bool, _ report: inout CheckReport
    ) throws -> BlobDefect.Kind? {
        // A link, a pipe or a directory has no blob's content.
        let path = layout.blob(record.digest)
        guard try FileStatus.of(path)?.isRegular == true, let file = try FileOperations.open(path) else {
            return .missing
        }
        let size = Int64(try file.status().st_size)
        if record.size >= 0, size != record.size { return .wrongSize(size) }
        guard deep || record.isDamaged else { return nil }
        var hasher = SHA256Hasher()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
            if count == 0 { break }
            buffer.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            report.hashedBytes += Int64(count)
        }
        let actual = hasher.finalize()
        return actual == record.digest ? nil : .damaged(actual)
    }

    private func findOrphans(needed: Set<Digest>, _ report: inout CheckReport) throws {
        let stored = try DirectoryListing.names(in: layout.blobs).compactMap { try? Digest(hex: $0) }
        let strangers = stored.filter { !needed.contains($0) }
        report.orphans = try reading { catalog in try strangers.filter { try !catalog.isBlobUsed($0) } }
        for orphan in report.orphans {
            report.orphanBytes += try FileStatus.of(layout.blob(orphan))?.size ?? 0
        }
    }
}
