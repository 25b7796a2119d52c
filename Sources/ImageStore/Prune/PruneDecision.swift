// SPDX-License-Identifier: Apache-2.0

public import OCI

/// Why a prune removed or kept a name of an image (or an image without names).
public struct PruneDecision: Hashable, Sendable {
    public enum Reason: Hashable, Sendable, CustomStringConvertible {
        case removed
        case pinned
        /// It has a tag, or children that are made from it.
        case notDangling
        /// Too new, or no date.
        case date
        case labels
        /// Among the newest of its repository.
        case newest
        case recentlyUsed
        /// No pattern names it, or one excepts it.
        case notSelected
        case excepted
        /// The store is small enough without it.
        case sizeReached
        /// In the words of `rmi`.
        case conflict(String)

        public var description: String {
            switch self {
            case .removed: "removed"
            case .pinned: "kept: pinned"
            case .notDangling: "kept: has a tag or children"
            case .date: "kept: created after the limit, or without a date"
            case .labels: "kept by its labels"
            case .newest: "kept: among the newest of its repository"
            case .recentlyUsed: "kept: used since the limit"
            case .notSelected: "kept: no pattern matches"
            case .excepted: "kept: excepted by a pattern"
            case .sizeReached: "kept: the store is below the size limit"
            case .conflict(let text): "kept: \(text)"
            }
        }
    }

    public let imageID: Digest
    /// Nil for an image without names.
    public let reference: ImageReference?
    public let reason: Reason
}
