// SPDX-License-Identifier: Apache-2.0
public import DockerFormat

/// The filters of `image prune`, which `container prune` and `system prune` share: `dangling`, `label`, `label!` and
/// `until` (moby, daemon/images/image_prune.go).
public struct PruneFilter: Sendable {
    private static let accepted: Set<String> = ["dangling", "label", "label!", "until"]

    /// What `dangling=` says; nil when it isn't given.
    public let dangling: Bool?
    /// Conditions that all must hold, `key` or `key=value`.
    public let labels: [String]
    /// Conditions of which one must fail; empty is no condition.
    public let notLabels: [String]
    /// Only what was made before; nil is no bound.
    public let createdBefore: Timestamp?

    public init(_ conditions: [FilterCondition], at moment: FilterMoment) throws(FilterError) {
        let arguments = try FilterArguments(conditions, accepting: Self.accepted)
        dangling = try arguments.flag("dangling")
        labels = arguments["label"]
        notLabels = arguments["label!"]
        let times = arguments["until"]
        guard times.count <= 1 else { throw .severalTimes }
        var bound: Timestamp?
        for text in times { bound = try FilterArguments.time(text, at: moment) }
        createdBefore = bound
    }

    /// Whether an object with `labels` passes the conditions on labels.
    public func accepts(labels: [String: String]) -> Bool {
        let excluded = LabelConditions(notLabels)
        return LabelConditions(self.labels).hold(for: labels) && (excluded.isEmpty || !excluded.hold(for: labels))
    }
}
