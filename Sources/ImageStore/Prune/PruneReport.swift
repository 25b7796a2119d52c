// SPDX-License-Identifier: Apache-2.0

/// What a prune did, or would do.
public struct PruneReport: Hashable, Sendable {
    /// In the order of the removals.
    public let records: [RemovalRecord]
    public let freed: FreedSpace
    /// Leftovers of interrupted work that were cleared on the way; nothing in a dry run.
    public let swept: SweepReport
    /// For every name, oldest image first.
    public let decisions: [PruneDecision]
}
