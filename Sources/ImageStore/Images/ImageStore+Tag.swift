// SPDX-License-Identifier: Apache-2.0

import DockerFormat
public import OCI

extension ImageStore {
    /// Gives an image another name; a tag of another image moves. A name alone gets the tag `latest`.
    @discardableResult
    public func tag(image id: Digest, as reference: Reference) throws -> ReferenceChange {
        try tag(reference) { catalog in (id, try catalog.details(id).manifest) }
    }

    /// Gives what an argument of a command means another name. What a name stands for goes on to the new one: of an
    /// image with several platforms that is the index, without which only one platform could be pushed or saved.
    @discardableResult
    public func tag(_ argument: String, as reference: Reference) throws -> ReferenceChange {
        try tag(reference) { catalog in
            guard let id = try catalog.resolve(argument) else {
                throw StoreError.noSuchImage(Catalog.missingName(argument))
            }
            guard case .named(let source)? = try? AnyReference(parsing: argument),
                let record = try catalog.record(of: source), record.imageID == id
            else { return (id, try catalog.details(id).manifest) }
            return (id, record.target)
        }
    }

    private func tag(
        _ reference: Reference, _ source: (Catalog) throws -> (id: Digest, target: Descriptor)
    ) throws -> ReferenceChange {
        guard reference.digest == nil else { throw StoreError.tagOnDigest }
        let (id, change) = try changingReferences { catalog in
            let (id, target) = try source(catalog)
            let key = try catalog.requireKey(of: id)
            let change = try catalog.point(reference, at: key, target: target)
            try catalog.setTagTime(options.now(), image: key)
            return (id, change)
        }
        touch(image: id)
        return change
    }

    /// Notes that a repository knows the image by the digest of `target` (after a push). The blob must be in the store.
    @discardableResult
    public func addDigestReference(
        repository: Repository, target: Descriptor, to id: Digest
    ) throws -> ReferenceChange {
        let reference = Reference(repository).withDigest(ReferenceDigest(target.digest))
        return try changingReferences { catalog in
            let key = try catalog.requireKey(of: id)
            try catalog.attach(target.digest, to: key)
            return try catalog.point(reference, at: key, target: target)
        }
    }

    /// Takes a name away and nothing else: the image stays, dangling when it was the last. Whether it was there.
    @discardableResult
    public func untag(_ reference: Reference) throws -> Bool {
        let name = try ImageReference(reference)
        return try changingReferences { catalog in
            let isThere = try catalog.dropReference(name)
            if isThere { try catalog.bumpGeneration() }
            return isThere
        }
    }

    /// A pinned image is never pruned, and removed only with force. Pins are rows of the catalog: a rebuild forgets them.
    public func setPinned(_ isPinned: Bool, image id: Digest) throws {
        try writing { catalog in
            _ = try catalog.database.run(
                "UPDATE images SET pinned = ? WHERE key = ?", .flag(isPinned), .integer(catalog.requireKey(of: id))
            )
        }
    }

    private func changingReferences<T: Sendable>(_ body: (Catalog) throws -> T) throws -> T {
        try translatingErrors {
            let result = try writing { try body($0) }
            try settle(StoreDebts(staleIndex: true))
            return result
        }
    }
}
