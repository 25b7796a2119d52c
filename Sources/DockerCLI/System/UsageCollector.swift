// SPDX-License-Identifier: Apache-2.0
import Containers
import ImageStore

/// Adds up what images, containers and volumes take, for `system df`.
struct UsageCollector {
    private let store: ImageStore
    /// Containers in any state, with what they wrote.
    private let containers: [ContainerListing]
    private let volumes: [(volume: Volume, usage: VolumeRow.Usage)]

    init(_ context: Context) throws {
        let host = try ContainerHost(context)
        store = host.store
        let all = ContainerListRequest(filter: try ContainerFilter([]), showsAll: true, limit: nil, showsSize: true)
        containers = try all.run(on: host)
        let uses = try host.engine.volumeUses()
        volumes = try host.engine.listVolumes().map { volume in
            (volume, VolumeRow.Usage(size: try host.engine.volumeSize(volume.name), links: uses[volume.name] ?? 0))
        }
    }

    /// One row for each kind. Nothing here builds images, so there is no build cache.
    func rows() throws -> [UsageRow] {
        let images = try store.diskUsage()
        return [
            UsageRow(
                kind: .images, total: images.imageCount, active: images.activeImageCount, size: images.layersSize,
                reclaimable: images.reclaimable),
            UsageRow(kind: .containers, containers.map { ($0.writtenSize, $0.isActive) }),
            UsageRow(kind: .volumes, volumes.map { ($0.usage.size, $0.usage.links > 0) }),
            UsageRow(kind: .buildCache),
        ]
    }

    /// Each object by itself.
    func report(_ style: RowStyle) throws -> UsageReport {
        let images = try store.images(ListOptions(withUsage: true)).map { image in
            ImageRow.usageRow(
                of: ImageListing(image, references: image.references, knowsSharing: true), style: style)
        }
        let containerRows = containers.map { container in
            var row = ContainerRow(container: container, style: style)
            // The image's part is counted above.
            row.container.fileSystemSize = 0
            return row
        }
        let volumeRows = volumes.map { VolumeRow($0.volume, usage: $0.usage, style: style) }
        return UsageReport(images: images, containers: containerRows, volumes: volumeRows)
    }
}

extension UsageRow {
    /// - Parameter objects: the bytes of each, and whether it is in use.
    fileprivate init(kind: Kind, _ objects: [(size: Int64, isActive: Bool)]) {
        let idle = objects.filter { !$0.isActive }
        self.init(
            kind: kind, total: objects.count, active: objects.count - idle.count, size: Self.sum(objects),
            reclaimable: Self.sum(idle))
    }

    private static func sum(_ objects: [(size: Int64, isActive: Bool)]) -> Int64 {
        objects.reduce(0) { $0 + $1.size }
    }
}

extension ContainerListing {
    /// docker takes what such a container wrote for needed.
    fileprivate var isActive: Bool { ["running", "paused", "restarting"].contains(state) }
}
