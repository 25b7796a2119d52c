// SPDX-License-Identifier: Apache-2.0

extension ImageStore {
    /// Records a container. One transaction decides between this and the removal of its image: throws `.noSuchImage`
    /// when that came first; also `.containerNameInUse`.
    public func insert(_ container: ContainerRecord) throws {
        try writing { try $0.insert(container) }
    }

    /// Changes a container: reads, calls `change`, writes, in one transaction, so two processes cannot undo each
    /// other's change. Throws `.noSuchContainer` for an unknown ID.
    @discardableResult
    public func updateContainer(
        _ id: String, _ change: (inout ContainerRecord) throws -> Void
    ) throws -> ContainerRecord {
        let (container, freed) = try writing { catalog in
            guard let old = try catalog.container(id: id) else { throw StoreError.noSuchContainer(id) }
            var new = old
            try change(&new)
            try catalog.update(new)
            var freed = FreedImage()
            if new.chainIDs != old.chainIDs || new.mountedImages != old.mountedImages || new.volumes != old.volumes {
                let layers = try catalog.replaceUses(new)
                try catalog.release(layers, into: &freed)
            }
            return (new, freed)
        }
        try translatingErrors { _ = try settle(freed.debts) }
        return container
    }

    /// Forgets a container, and frees the layers that only it used. Whether it was there. Its directory is the caller's.
    @discardableResult
    public func removeContainer(_ id: String) throws -> Bool {
        let freed = try writing { try $0.deleteContainer(id) }
        guard let freed else { return false }
        try translatingErrors { _ = try settle(freed.debts) }
        return true
    }

    /// The container that an argument means: full ID, name, prefix of one ID. Throws `.noSuchContainer`.
    public func container(_ argument: String) throws -> ContainerRecord {
        try reading { catalog in
            guard let id = try catalog.containerID(matching: argument), let record = try catalog.container(id: id)
            else { throw StoreError.noSuchContainer(argument) }
            return record
        }
    }

    /// Newest first.
    public func containers() throws -> [ContainerRecord] {
        try reading { try $0.containers() }
    }

    /// The directory of a container's files; whoever creates the container makes it.
    public func containerDirectory(_ id: String) -> String { "\(layout.containers)/\(id)" }
}
