// SPDX-License-Identifier: Apache-2.0

import OCI

/// One or more removals inside a write transaction: docker's algorithm to the letter (moby v28
/// `daemon/images/image_delete.go`). The caller commits, or rolls back for a dry run.
///
/// Conflicts are found before anything is changed, so a removal that throws has changed nothing.
struct RemovalRun {
    let catalog: Catalog
    let options: RemoveOptions
    private(set) var records: [RemovalRecord] = []
    private(set) var layerBytes: Int64 = 0
    /// Blobs and trees that may be free now.
    private(set) var debts = StoreDebts()

    init(catalog: Catalog, options: RemoveOptions) {
        self.catalog = catalog
        self.options = options
    }

    mutating func remove(_ argument: String) throws {
        guard argument.contains(where: { !$0.isWhitespace }) else { throw StoreError.blankName }
        guard let id = try catalog.resolve(argument) else {
            throw StoreError.noSuchImage(Catalog.missingName(argument))
        }
        if !options.force, try catalog.isPinned(id) { throw StoreError.conflict(.pinned(id)) }
        let image = try RemovalTarget(id, catalog)
        if id.description.hasPrefix(argument) || id.hex.hasPrefix(argument) {
            try removeByID(image)
        } else {
            try removeByReference(image, argument)
        }
    }

    /// One removal of several: its own records, or why it was refused. Throws only what ends the transaction.
    mutating func attempt(_ argument: String) throws -> Result<Removal, any Error> {
        let (count, bytes) = (records.count, layerBytes)
        do {
            try remove(argument)
        } catch let refusal as StoreError {
            return .failure(refusal)
        }
        return .success(
            Removal(records: Array(records[count...]), freed: FreedSpace(layerBytes: layerBytes - bytes))
        )
    }

    // MARK: By reference

    private mutating func removeByReference(_ image: RemovalTarget, _ argument: String) throws {
        if !options.force, image.hasSingleReference, let user = try catalog.container(using: image.id, isRunning: nil) {
            throw StoreError.conflict(.referenceInUse(argument: argument, container: user, image: image.id))
        }
        let reference: Reference
        do { reference = try Reference(normalizing: argument) } catch { throw StoreError.invalidReference(error) }
        let name = try ImageReference(reference)
        guard image.references.contains(name) else { throw StoreError.referenceNotFound(argument) }
        try untag(name)
        var rest = image.references.filter { $0 != name }
        let hasOtherTag = rest.contains { !$0.isDigest && $0.repository == name.repository }
        if !name.isDigest, !hasOtherTag {
            for digest in rest where digest.isDigest && digest.repository == name.repository { try untag(digest) }
            rest.removeAll { $0.isDigest && $0.repository == name.repository }
        }
        guard rest.isEmpty else { return }
        try delete(image.id, force: options.force, isQuiet: true)
    }

    // MARK: By ID

    private mutating func removeByID(_ image: RemovalTarget) throws {
        if image.hasSingleReference {
            if let conflict = try conflict(image.id, force: options.force, countsReferences: false) {
                throw StoreError.conflict(conflict)
            }
            for name in image.references { try untag(name) }
        }
        try delete(image.id, force: options.force, isQuiet: false)
    }

    // MARK: The image itself

    private mutating func delete(_ id: Digest, force: Bool, isQuiet: Bool) throws {
        let key = try catalog.requireKey(of: id)
        if let conflict = try conflict(id, force: force, countsReferences: true) {
            let isDangling = try catalog.references(of: key).isEmpty && !catalog.hasChildren(id)
            if isQuiet, !isDangling || conflict.isUse { return }
            throw StoreError.conflict(conflict)
        }
        let parent = try catalog.image(id)?.parent
        for name in try catalog.references(of: key) { try untag(name) }
        let freed = try catalog.deleteImage(key)
        debts.add(freed.debts)
        debts.staleIndex = true
        records.append(.deleted(id))
        for layer in freed.layers {
            records.append(.deleted(layer.chainID))
            layerBytes += layer.size
        }
        guard options.prunesParents, let parent, try catalog.key(of: parent) != nil else { return }
        try delete(parent, force: false, isQuiet: true)
    }

    private mutating func untag(_ name: ImageReference) throws {
        guard try catalog.dropReference(name) else { return }
        debts.staleIndex = true
        records.append(.untagged(name.familiar))
    }

    /// The first reason not to delete, hard ones included whatever `force` says.
    private func conflict(_ id: Digest, force: Bool, countsReferences: Bool) throws -> RemovalConflict? {
        if try catalog.hasChildren(id) { return .dependentChildren(id) }
        if let container = try catalog.container(using: id, isRunning: true) {
            return .runningContainer(container, image: id)
        }
        if force { return nil }
        // A pinned parent stays when its last child goes.
        if try catalog.isPinned(id) { return .pinned(id) }
        if countsReferences, try !catalog.references(of: catalog.requireKey(of: id)).isEmpty {
            return .severalReferences(id)
        }
        return try catalog.container(using: id, isRunning: false).map { .stoppedContainer($0, image: id) }
    }
}
