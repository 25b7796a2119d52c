// SPDX-License-Identifier: Apache-2.0

public import OCI

/// An image whose blobs are all in the store, to be made visible in one step.
public struct Publication: Sendable {
    /// The image's manifest.
    public var manifest: Descriptor
    public var config: ImageConfig
    /// Its digest is the image's ID.
    public var configDescriptor: Descriptor
    /// Base first, one for each diff ID of the config.
    public var layers: [PublishedLayer]
    /// The index the manifest was chosen from, when it is in the store.
    public var index: Descriptor?
    /// What else the index lists and is here (other platforms' manifests, configs and layers): the image keeps it.
    public var related: [Descriptor] = []
    public var references: [NewReference]
    public var origin: ImageOrigin
    /// The local image this one was made from.
    public var parent: Digest?
    /// Repositories that have the blobs.
    public var sources: [BlobSource]
    /// Whether this counts as giving a tag (`Metadata.LastTagTime`): not for a pull.
    public var setsTagTime: Bool

    public init(
        manifest: Descriptor, config: ImageConfig, configDescriptor: Descriptor, layers: [PublishedLayer],
        index: Descriptor? = nil, references: [NewReference] = [], origin: ImageOrigin, parent: Digest? = nil,
        sources: [BlobSource] = [], setsTagTime: Bool = false
    ) {
        self.manifest = manifest
        self.config = config
        self.configDescriptor = configDescriptor
        self.layers = layers
        self.index = index
        self.references = references
        self.origin = origin
        self.parent = parent
        self.sources = sources
        self.setsTagTime = setsTagTime
    }

    /// Documents and layers, everything the image needs on the disk.
    var blobs: [Descriptor] {
        [manifest, configDescriptor] + (index.map { [$0] } ?? []) + layers.map(\.blob) + related
    }

    /// What must not be collected while the image is published.
    var protectedDigests: [Digest] { blobs.map(\.digest) + layers.map(\.facts.diffID) }
}
