// SPDX-License-Identifier: Apache-2.0

/// What changes in an open store beside its files; behind the mutex of `ImageStore`.
struct StoreState: Sendable {
    /// How many `batch` calls are running.
    var batchDepth = 0
    /// What the batch left to do at its end.
    var debts = StoreDebts()
    var lastSweep = SweepReport()
}
