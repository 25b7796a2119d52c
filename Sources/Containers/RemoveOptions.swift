// SPDX-License-Identifier: Apache-2.0

/// How `rm` treats what stands in its way.
public struct RemoveOptions: Sendable {
    /// Kills a running container first.
    public var force: Bool
    /// Removes the container's anonymous volumes too.
    public var removesVolumes: Bool

    public init(force: Bool = false, removesVolumes: Bool = false) {
        self.force = force
        self.removesVolumes = removesVolumes
    }
}
