// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import OCI

/// What a listing knows of a container: the parts of the Engine API's container summary that rows show.
struct ContainerListing: Sendable {
    struct Mount: Hashable, Sendable {
        /// Of a volume; empty for a bind mount.
        var name = ""
        var source = ""
        /// `local` for volumes of this machine.
        var driver = ""
    }

    var id: String
    /// Without the leading slash.
    var names: [String] = []
    /// The image as it was named when the container was made.
    var image: String
    var imageID = ""
    var command = ""
    var created: Timestamp
    var ports: [PublishedPort] = []
    /// Bytes that the container wrote; as all sizes 0 unless asked for.
    var writtenSize: Int64 = 0
    /// Bytes of the container's whole file system.
    var fileSystemSize: Int64 = 0
    var labels: [String: String] = [:]
    /// `running`, `exited`…
    var state = ""
    /// `Up 3 minutes`, `Exited (0) 5 seconds ago`…
    var status = ""
    var mounts: [Mount] = []
    var networks: [String] = []
    /// The platform of the image, where the engine knows it.
    var platform: Platform?
}
