// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine
import ImageStore
import OCI

extension ImageListing {
    /// - Parameter knowsSharing: show how much of the image others have; `image ls` leaves this out as docker does.
    init(_ summary: ImageSummary, references: [ImageReference], knowsSharing: Bool) {
        self.init(
            id: summary.id.description, created: summary.creation ?? Timestamp(unixSeconds: 0), size: summary.size)
        for reference in references {
            if reference.isDigest {
                digests.append(
                    Name(repository: reference.familiarRepository, suffix: reference.digest?.description ?? ""))
            } else {
                tags.append(Name(repository: reference.familiarRepository, suffix: reference.tag ?? ""))
            }
        }
        containers = summary.containers
        if knowsSharing { sharedSize = summary.sharedSize }
        // The API has whole seconds.
        created.nanosecond = 0
    }
}
