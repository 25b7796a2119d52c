// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine
import ImageStore
import OCI

extension ImageListing {
    /// - Parameter knowsSharing: show how much of the image others have; `image ls` leaves this out as docker does.
    convenience init(_ summary: ImageSummary, references: [ImageReference], knowsSharing: Bool) {
        // Tags and digests of one repository stand together, tags first.
        var (tags, digests): ([Name], [Name]) = ([], [])
        for reference in references {
            if reference.isDigest { digests.append(Name(reference)) } else { tags.append(Name(reference)) }
        }
        // The API has whole seconds.
        let created = summary.creation.map { Timestamp(unixSeconds: $0.unixSeconds) }
        self.init(
            id: summary.id.description, tags: tags, digests: digests, created: created ?? Timestamp(unixSeconds: 0),
            size: summary.size, sharedSize: knowsSharing ? summary.sharedSize : nil, containers: summary.containers)
    }
}

extension ImageListing.Name {
    fileprivate init(_ reference: ImageReference) {
        let (repository, suffix) = reference.familiarParts
        self.init(repository: repository, suffix: suffix)
    }
}
