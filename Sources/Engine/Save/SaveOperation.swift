// SPDX-License-Identifier: Apache-2.0
public import ImageStore
public import OCI
import TarArchive

/// Writes images as one archive that docker, podman, skopeo and containerd read: an OCI image layout (OCI image spec,
/// image-layout.md) with docker's `manifest.json` beside it. Documents and layers stand in it as they are in the store,
/// each once, so images keep their digests; the same images give the same bytes.
/// - Throws: `StoreError`, ``EngineError``, and what the sink throws.
public struct SaveOperation: Sendable {
    public typealias Sink = (UnsafeRawBufferPointer) throws -> Void

    let store: ImageStore
    let names: [String]
    let platform: Platform?
    /// A name alone means its tag `latest`, not all tags of a repository.
    private let isOneImage: Bool

    /// - Parameters:
    ///   - names: images by name, ID or repository (all its tags).
    ///   - platform: of images with several, only this one; nil takes all that is here.
    public init(store: ImageStore, names: [String], platform: Platform? = nil) {
        self.init(store: store, names: names, platform: platform, isOneImage: false)
    }

    init(store: ImageStore, names: [String], platform: Platform?, isOneImage: Bool) {
        self.isOneImage = isOneImage
        self.store = store
        self.names = names
        self.platform = platform
    }

    /// Finds the images; nothing of them goes away while the value lives.
    public func prepare() throws -> PreparedArchive {
        try prepare { _ in nil }
    }

    /// - Parameter newName: what the archive calls an image in place of its own name; nil for that.
    func prepare(renaming newName: (_ own: ImageReference?) throws -> ImageReference?) throws -> PreparedArchive {
        let lease = try store.readingLease("save \(names.joined(separator: " "))")
        var images: [SavedImage] = []
        for name in names {
            for (image, record) in try selection(name) {
                try lease.protect(image: image.id, in: store)
                let content = try ImageContentReader(store: store, lease: lease).content(
                    of: image, target: record?.target, platform: platform)
                try require(content, for: name)
                let own = record.map { [$0.reference] }?.filter { $0.tag != nil } ?? []
                let tags = try newName(own.first).map { [$0] } ?? own
                if let known = images.firstIndex(where: { $0.content.root.digest == content.root.digest }) {
                    images[known].tags = Set(images[known].tags).union(tags).sorted()
                } else {
                    images.append(SavedImage(content: content, tags: tags))
                }
            }
        }
        return PreparedArchive(store: store, lease: lease, images: images)
    }

    /// A name without tag means all tags of its repository; what is no name is an ID.
    private func selection(_ name: String) throws -> [(ImageSummary, ReferenceRecord?)] {
        guard case .named(let reference)? = try? AnyReference(parsing: name) else { return [(try byID(name), nil)] }
        var records: [ReferenceRecord] = []
        if reference.isNameOnly, !isOneImage {
            records = try store.references(in: reference.repository).filter { $0.reference.tag != nil }
        } else if let record = try store.lookup(reference.withoutIgnoredTag) {
            records = [record]
        }
        guard records.isEmpty else {
            return try records.map { record in
                guard let image = try store.image(id: record.imageID) else { throw StoreError.noSuchImage(name) }
                return (image, record)
            }
        }
        guard reference.isNameOnly else { throw StoreError.referenceNotFound(name) }
        return [(try byID(name), nil)]
    }

    private func byID(_ name: String) throws -> ImageSummary {
        guard let image = try store.find(name) else { throw StoreError.noSuchImage(name) }
        return image
    }

    private func require(_ content: ImageContent, for name: String) throws {
        guard let wanted = platform else { return }
        let found = try ImageConfig(parsing: try store.readBlob(content.imageID)).platform
        guard wanted.matches(found) else {
            throw EngineError(
                "image with reference \(name) was found but its platform (\(found)) does not match the specified "
                    + "platform (\(wanted.normalized()))")
        }
    }
}
