// SPDX-License-Identifier: Apache-2.0
public import OCI

/// What a container is made from: an image whose layers lie unpacked on the disk.
public struct ContainerImage: Sendable {
    /// Digest of the config.
    public var id: Digest
    public var config: ImageConfig
    /// Directories of the layers' trees in overlay form, base first.
    public var layers: [String]

    public init(id: Digest, config: ImageConfig, layers: [String]) {
        self.id = id
        self.config = config
        self.layers = layers
    }
}
