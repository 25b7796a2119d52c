// SPDX-License-Identifier: Apache-2.0

/// Which images a listing has, and what it knows of each.
public struct ListOptions: Sendable {
    /// Unreferenced images that have children (`image ls -a`).
    public var includesIntermediates = false
    /// Fills `ImageSummary.labels`.
    public var withLabels = false
    /// Fills `ImageSummary.containers`.
    public var withContainers = false
    /// Fills `ImageSummary.sharedSize` and `containers`.
    public var withUsage = false

    public init(
        includesIntermediates: Bool = false, withLabels: Bool = false, withContainers: Bool = false,
        withUsage: Bool = false
    ) {
        self.includesIntermediates = includesIntermediates
        self.withLabels = withLabels
        self.withContainers = withContainers
        self.withUsage = withUsage
    }
}
