// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension ImageStore {
    /// Runs `body` with one durability barrier, one rewrite of index.json and one deletion of freed files at its end,
    /// instead of one each a change. Each change is visible to other processes at once, and survives the death of this
    /// process; a power failure inside the batch may take back its last changes, whole.
    public func batch<T>(_ body: () throws -> T) throws -> T {
        state.withLock { $0.batchDepth += 1 }
        let result = Result { try body() }
        let debts = state.withLock { state in
            state.batchDepth -= 1
            let debts = state.batchDepth == 0 ? state.debts : StoreDebts()
            if state.batchDepth == 0 { state.debts = StoreDebts() }
            return debts
        }
        if !debts.isEmpty {
            try translatingErrors {
                // A durable commit makes all commits before it durable (one WAL).
                try withReserve { try writing(.power) { try $0.bumpGeneration() } }
                _ = try withReserve { try pay(debts) }
            }
        }
        return try result.get()
    }

    /// What the last removal, prune or batch freed on the disk.
    public var lastSweep: SweepReport { state.withLock { $0.lastSweep } }

    /// Does now, or leaves to the end of the batch, what follows a change of the catalog.
    @discardableResult
    func settle(_ debts: StoreDebts) throws -> SweepReport {
        let isLater = state.withLock { state in
            guard state.batchDepth > 0 else { return false }
            state.debts.add(debts)
            return true
        }
        return isLater ? SweepReport() : try pay(debts)
    }

    @discardableResult
    private func pay(_ debts: StoreDebts) throws -> SweepReport {
        // The index first: it must not name a manifest that is gone.
        if debts.staleIndex { try writeIndex() }
        guard !debts.blobs.isEmpty || !debts.trees.isEmpty else { return SweepReport() }
        let report = try collect(blobs: debts.blobs, trees: debts.trees)
        state.withLock { $0.lastSweep = report }
        return report
    }
}
