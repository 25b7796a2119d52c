// SPDX-License-Identifier: Apache-2.0
public import DockerFormat

/// Which stopped containers `container prune` takes.
public struct PruneOptions: Sendable {
    /// Only containers made before this.
    public var createdBefore: Timestamp?
    /// `key` or `key=value`; all must match.
    public var labels: [String] = []
    /// A container that matches all of these stays.
    public var notLabels: [String] = []

    public init() {}

    func selects(_ container: Container) -> Bool {
        guard [.created, .exited, .dead].contains(container.state.status) else { return false }
        if let createdBefore, !(container.created < createdBefore) { return false }
        func has(_ label: String) -> Bool {
            let pair = label.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let value = container.configuration.labels[pair[0]] else { return false }
            return pair.count == 1 || pair[1] == value
        }
        return labels.allSatisfy(has) && !(!notLabels.isEmpty && notLabels.allSatisfy(has))
    }
}
