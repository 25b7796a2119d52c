// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import ImageStore
import OCI

/// What the image store has to know of containers: whose layers must stay, which names are taken, what runs.
///
/// The record below `containers/<id>` is the truth; the catalog's row is a reference that keeps layers alive, made
/// before the record and deleted after it, so that a crash in between leaves too many references and never too few.
extension ContainerEngine {
    func catalog(_ container: Container, imageID: Digest, config: ImageConfig) throws {
        guard let images else { return }
        let record = ContainerRecord(
            id: container.id.hex, name: container.name, imageID: imageID, chainIDs: ChainID.chain(of: config.diffIDs),
            volumes: container.mounts.compactMap(\.name), created: container.created
        )
        do {
            try images.insert(record)
        } catch StoreError.containerNameInUse(_, let holder) {
            // The claim on the name has been won already, so the holder is what a crash has left.
            _ = try images.removeContainer(holder)
            try images.insert(record)
        }
    }

    /// Tells a catalog that was made anew of the containers, so that their images stay.
    public func restoreCatalog() throws {
        guard let images else { return }
        let known = Set(try images.containers().map(\.id))
        for container in try list() where !known.contains(container.id.hex) {
            // Without its image a container can't be started, and nothing has to stay for it.
            guard let imageID = try? Digest(parsing: container.imageID), let config = try? images.config(of: imageID)
            else {
                continue
            }
            try catalog(container, imageID: imageID, config: config.config)
            catalog(running: container.state.isActive, container.id)
        }
    }

    func catalog(renamed id: ContainerID, to name: String) throws {
        _ = try images?.updateContainer(id.hex) { $0.name = name }
    }

    /// Noting this is a service to `rmi`'s messages and never worth failing for.
    func catalog(running: Bool, _ id: ContainerID) {
        _ = try? images?.updateContainer(id.hex) { $0.isRunning = running }
    }

    func catalogRemoved(_ id: ContainerID) throws {
        _ = try images?.removeContainer(id.hex)
    }

    /// Frees what crashes have left: rows and names without a container, directories whose maker was killed.
    public func sweep() throws {
        let store = try self.store
        for record in try images?.containers() ?? [] {
            guard let id = ContainerID(record.id), !Files.exists(store.directory(id).path) else { continue }
            _ = try images?.removeContainer(record.id)
        }
        let unfinished = try store.ids().map { store.directory($0) }.filter { !Files.exists($0.record) }
        for directory in try unfinished + store.probes().map(ContainerDirectory.init) {
            guard let lock = try store.lockAbandoned(directory.path) else { continue }
            defer { withExtendedLifetime(lock) {} }
            RootFileSystem(driver: .overlay, directory: directory, layers: []).unmount()
            let volumeNames = (try? Files.readText(directory.ownVolumes)) ?? ""
            for volume in volumeNames.split(separator: "\n") { try volumes.remove(String(volume)) }
            try Files.removeTree(directory.path)
        }
        try store.sweepNames()
        for container in try list() where container.state.status == .exited || container.state.isStarting == true {
            try? settle(container.id)
        }
    }
}
