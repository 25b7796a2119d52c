// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import OCI

/// Removes what a selection lets go, inside the transaction of a `RemovalRun`. Conflicts keep an image silently.
struct PruneRun {
    private(set) var decisions: [PruneDecision] = []
    private let policy: PrunePolicy
    /// Bytes above the size limit; nil without one.
    private var excess: Int64?
    /// Blobs and trees whose bytes were taken off the excess.
    private var counted = StoreDebts()
    private let lastUse: (Digest) -> Timestamp
    private let treeSize: (Digest) throws -> Int64

    /// `usedBytes`: what blobs and unpacked layers have now; `treeSize` measures an unpacked layer.
    init(
        _ policy: PrunePolicy, usedBytes: Int64, lastUse: @escaping (Digest) -> Timestamp,
        treeSize: @escaping (Digest) throws -> Int64
    ) {
        self.policy = policy
        self.lastUse = lastUse
        self.treeSize = treeSize
        excess = policy.maximumSize.map { usedBytes - $0 }
    }

    mutating func run(_ removal: inout RemovalRun) throws {
        let options = ListOptions(
            includesIntermediates: true, withLabels: !policy.labels.isEmpty || !policy.excludedLabels.isEmpty
        )
        let selection = PruneSelection(try removal.catalog.images(options), policy, lastUse: lastUse)
        for candidate in selection.candidates {
            let reason: PruneDecision.Reason
            if let kept = candidate.keptBy {
                reason = kept
            } else if let excess, excess <= 0 {
                reason = .sizeReached
            } else {
                reason = try remove(candidate, &removal)
            }
            decisions.append(
                PruneDecision(imageID: candidate.image.id, reference: candidate.reference, reason: reason)
            )
        }
    }

    private mutating func remove(
        _ candidate: PruneSelection.Candidate, _ removal: inout RemovalRun
    ) throws -> PruneDecision.Reason {
        do {
            try removal.remove(candidate.reference?.canonical ?? candidate.image.id.hex)
        } catch StoreError.conflict(let conflict) {
            return .conflict(conflict.description)
        } catch StoreError.noSuchImage, StoreError.referenceNotFound {
            // It went with another name, or as somebody's parent.
            return .removed
        }
        if excess != nil { try reduceExcess(removal) }
        return .removed
    }

    private mutating func reduceExcess(_ removal: RemovalRun) throws {
        let catalog = removal.catalog
        for blob in removal.debts.blobs.subtracting(counted.blobs) where try !catalog.isBlobUsed(blob) {
            counted.blobs.insert(blob)
            excess = (excess ?? 0) - (try catalog.blob(blob)?.size ?? 0)
        }
        for tree in removal.debts.trees.subtracting(counted.trees) where try !catalog.isTreeUsed(tree) {
            counted.trees.insert(tree)
            excess = (excess ?? 0) - (try treeSize(tree))
        }
    }
}
