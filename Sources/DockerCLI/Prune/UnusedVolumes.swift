// SPDX-License-Identifier: Apache-2.0
import Containers
import Engine

/// The volumes that no container has.
struct UnusedVolumes {
    let engine: ContainerEngine
    /// Not only anonymous ones.
    let includesNamed: Bool
    let filter: PruneFilter

    /// - Returns: the names of the removed volumes, and the bytes that were in them.
    func remove(isDryRun: Bool = false) throws -> (names: [String], reclaimed: Int64) {
        let uses = try engine.volumeUses()
        var names: [String] = []
        var reclaimed: Int64 = 0
        for volume in try engine.listVolumes() where uses[volume.name] == nil {
            guard includesNamed || volume.isAnonymous, filter.accepts(labels: volume.allLabels) else { continue }
            let size = try engine.volumeSize(volume.name)
            // In use since: another process was faster.
            if !isDryRun, (try? engine.removeVolume(volume.name)) == nil { continue }
            names.append(volume.name)
            reclaimed += size
        }
        return (names, reclaimed)
    }
}
