// SPDX-License-Identifier: Apache-2.0
import Containers
import ImageStore

/// Which containers a listing shows, and what of them.
struct ContainerListRequest {
    var filter: ContainerFilter
    var showsAll: Bool
    var limit: Int?
    var showsSize: Bool

    /// Newest first.
    func run(on host: ContainerHost) throws -> [ContainerListing] {
        let (all, damaged) = try host.engine.records()
        for (id, reason) in damaged {
            host.context.err.print("WARNING: container \(id.short): \(reason): 'rm -f' removes it")
        }
        let bounds = try filter.bounds(in: all)
        var names = ImageNames(host.store)
        var result: [ContainerListing] = []
        for container in all where bounds.contains(container) {
            if let limit, result.count == limit { break }
            guard showsAll || filter.wantsState || container.state.isListed else { continue }
            guard filter.accepts(container, names: &names) else { continue }
            var row = ContainerListing(container, image: names.shown(container), now: host.context.clock())
            if showsSize {
                row.writtenSize = (try? host.engine.size(container.id.hex)) ?? 0
                row.fileSystemSize = row.writtenSize + (names.image(container.imageID)?.size ?? 0)
            }
            result.append(row)
        }
        return result
    }
}

extension ContainerState {
    /// Shown without `-a`.
    fileprivate var isListed: Bool { isActive || status == .restarting }
}
