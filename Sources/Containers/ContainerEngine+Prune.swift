// SPDX-License-Identifier: Apache-2.0

extension ContainerEngine {
    /// Removes the containers that do not run and that `options` selects.
    ///
    /// - Returns: their IDs, newest first, and the bytes of their writable layers.
    public func prune(_ options: PruneOptions = PruneOptions()) throws -> (ids: [ContainerID], reclaimed: Int64) {
        try sweep()
        var ids: [ContainerID] = []
        var reclaimed: Int64 = 0
        for container in try list() where options.selects(container) {
            do {
                let size = try self.size(container.id.hex)
                try remove(container.id.hex)
                ids.append(container.id)
                reclaimed += size
            } catch is ContainerError {
                // Started or removed by another process meanwhile: no longer ours to prune.
                continue
            }
        }
        return (ids, reclaimed)
    }

    /// What ``prune(_:)`` would remove now, and the bytes it would free. Nothing is changed.
    public func prunable(_ options: PruneOptions = PruneOptions()) throws -> (ids: [ContainerID], reclaimed: Int64) {
        let selected = try list().filter { options.selects($0) }
        let sizes = try selected.map { try size($0.id.hex) }
        return (selected.map(\.id), sizes.reduce(0, +))
    }
}
