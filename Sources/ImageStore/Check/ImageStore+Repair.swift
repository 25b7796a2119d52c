// SPDX-License-Identifier: Apache-2.0

import OCI

extension ImageStore {
    /// Puts right what can be put right here, and lists what must be fetched again. No image is given up: damaged
    /// blobs are only marked, so that the next `acquire` of them replaces the file.
    public func repair(_ report: CheckReport) throws -> RepairReport {
        try requireWritable()
        return try translatingErrors {
            var result = RepairReport()
            result.missing = report.blobs
            result.correctedCounts = try writing { catalog in
                for defect in report.blobs { try catalog.setDamaged(true, defect.blob.digest) }
                if report.isIndexStale { try catalog.bumpGeneration() }
                return try catalog.correctCounts()
            }
            if report.isIndexStale || report.isIndexBehind {
                try writeIndex()
                result.rewroteIndex = true
            }
            // An image that is not restored yet needs some of them.
            let hasLostImages = try !lostImages().isEmpty
            result.swept = try collect(blobs: hasLostImages ? [] : report.orphans, trees: [Digest]())
            result.swept += try sweep()
            return result
        }
    }
}
