// SPDX-License-Identifier: Apache-2.0

/// What a removal did, or would do.
public struct Removal: Hashable, Sendable {
    /// In docker's order.
    public let records: [RemovalRecord]
    public let freed: FreedSpace
}
