// SPDX-License-Identifier: Apache-2.0

public import OCI

extension ImageStore {
    /// The image that an argument of a command means: a full ID, a name, or the prefix of an ID, in docker's order.
    /// Throws `.noSuchImage` and `.invalidReference` with docker's texts.
    public func resolve(_ argument: String) throws -> ImageSummary {
        guard let image = try find(argument) else { throw StoreError.noSuchImage(Catalog.missingName(argument)) }
        return image
    }

    /// The same, nil when there is no such image.
    public func find(_ argument: String) throws -> ImageSummary? {
        try reading { catalog in try catalog.resolve(argument).flatMap { try catalog.image($0) } }
    }

    /// The image with exactly this ID.
    public func image(id: Digest) throws -> ImageSummary? {
        try reading { try $0.image(id) }
    }

    /// Exactly this reference; a name alone means the tag `latest`.
    public func lookup(_ reference: Reference) throws -> ReferenceRecord? {
        try reading { try $0.record(of: reference) }
    }

    /// All references of a repository, sorted, tags before digests.
    public func references(in repository: Repository) throws -> [ReferenceRecord] {
        try reading { try $0.records(in: repository.canonical) }
    }

    /// Layers of an image, base first.
    public func layers(of id: Digest) throws -> [LayerRecord] {
        try reading { try $0.layers(of: $0.requireKey(of: id)) }
    }

    /// The config, from its blob.
    public func config(of id: Digest) throws -> (config: ImageConfig, document: RawDocument) {
        let details = try details(of: id)
        let bytes = try readBlob(id)
        return (
            try ImageConfig(parsing: bytes), RawDocument(bytes: bytes, mediaType: details.config.mediaType, digest: id)
        )
    }

    /// The manifest as it was received.
    public func manifest(of id: Digest) throws -> (manifest: Manifest, document: RawDocument) {
        let descriptor = try details(of: id).manifest
        let bytes = try readBlob(descriptor.digest)
        return (
            try Manifest(parsing: bytes, contentType: descriptor.mediaType),
            RawDocument(bytes: bytes, mediaType: descriptor.mediaType, digest: descriptor.digest)
        )
    }
}
