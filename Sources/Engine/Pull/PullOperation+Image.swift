// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI
import RegistryClient

extension PullOperation {
    /// Pulls one tag or digest.
    func pull(_ reference: Reference) async throws -> PulledImage {
        let root = try await resolveRoot(reference)
        report(.message(id: title(of: reference), "Pulling from \(reference.path)"))
        let store = store
        let lease = try await pool.run { try store.lease("pull \(reference.familiar)") }
        defer { lease.release() }
        let documents = try await documents(of: root, reference: reference, lease: lease)
        let config = try await config(documents.manifest.config, reference: reference, lease: lease)
        guard config.rootfs.diffIDs.count == documents.manifest.layers.count else {
            throw EngineError("layers from manifest don't match image configuration", phase: .stream)
        }
        let layers = try await layers(of: documents.manifest, config: config, reference: reference, lease: lease)
        report(.message("Digest: \(root.digest)"))
        let isNew = try await publish(documents, config: config, layers: layers, reference: reference, lease: lease)
        return PulledImage(
            reference: reference, digest: root.digest, imageID: documents.manifest.config.digest, isNew: isNew,
            isSingle: documents.index == nil,
            platform: Platform(os: config.os, architecture: config.architecture, variant: config.variant))
    }

    /// docker's name of a pull in its first line: the tag, or the full name with the digest.
    private func title(of reference: Reference) -> String {
        reference.digest == nil ? reference.tag ?? "latest" : reference.canonical
    }

    private func publish(
        _ documents: ImageDocuments, config: ImageConfig, layers: [PublishedLayer], reference: Reference, lease: Lease
    ) async throws -> Bool {
        let store = store
        let source = BlobSource(host: reference.domain, repository: reference.path)
        return try await pool.run {
            let imageID = documents.manifest.config.digest
            let names = try newReferences(reference, root: documents.root, imageID: imageID)
            let outcome = try store.publish(
                Publication(
                    manifest: documents.manifestDescriptor, config: config,
                    configDescriptor: documents.manifest.config, layers: layers, index: documents.index,
                    references: names, origin: .pulled, sources: [source]),
                lease: lease)
            guard let change = outcome.changes.first else { return outcome.isNew }
            if case .unchanged = change.kind { return false }
            return true
        }
    }

    /// The name pulled, and beside a tag the digest it stands for. A digest that already names another image (another
    /// platform of one index) stays with that image, as in docker.
    private func newReferences(_ reference: Reference, root: Descriptor, imageID: Digest) throws -> [NewReference] {
        let digested = reference.withDigest(ReferenceDigest(root.digest))
        let holder = try store.lookup(digested)
        let isTaken = holder.map { $0.imageID != imageID } ?? false
        if reference.digest != nil {
            guard !isTaken else { throw EngineError("Cannot overwrite digest \(root.digest)", phase: .stream) }
            return [NewReference(digested, target: root)]
        }
        let tagged = NewReference(reference, target: root)
        return isTaken ? [tagged] : [tagged, NewReference(digested, target: root)]
    }
}
