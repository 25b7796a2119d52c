// SPDX-License-Identifier: Apache-2.0

public import DockerFormat
public import OCI

/// What the store must know of a container; the rest is in `document`, which it does not read.
public struct ContainerRecord: Hashable, Sendable {
    /// 64 hex digits.
    public let id: String
    /// Without the leading slash; unique.
    public var name: String
    /// The image it was made from, which may have been removed by force since.
    public var imageID: Digest?
    /// The image's layers, base first: they stay for the container when the image goes.
    public var chainIDs: [Digest]
    /// Images mounted into it.
    public var mountedImages: [Digest]
    /// Names of the volumes it mounts.
    public var volumes: [String]
    /// Running, paused or restarting.
    public var isRunning: Bool
    public var created: Timestamp
    /// The owner's own record.
    public var document: [UInt8]

    public init(
        id: String, name: String, imageID: Digest?, chainIDs: [Digest] = [], mountedImages: [Digest] = [],
        volumes: [String] = [], isRunning: Bool = false, created: Timestamp, document: [UInt8] = []
    ) {
        self.id = id
        self.name = name
        self.imageID = imageID
        self.chainIDs = chainIDs
        self.mountedImages = mountedImages
        self.volumes = volumes
        self.isRunning = isRunning
        self.created = created
        self.document = document
    }
}
