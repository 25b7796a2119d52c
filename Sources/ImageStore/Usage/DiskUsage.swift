// SPDX-License-Identifier: Apache-2.0

/// The images' part of `system df`.
public struct DiskUsage: Hashable, Sendable {
    /// Images that the default listing shows.
    public var imageCount = 0
    /// Those of them that a container, running or not, was made from.
    public var activeImageCount = 0
    /// Sum of the sizes of all different layers of images, as docker counts them (its `LayersSize`).
    public var layersSize: Int64 = 0
    /// Sum over the active images of their size without what other images share: docker takes the rest of `layersSize`
    /// for reclaimable.
    public var activeUniqueSize: Int64 = 0
    /// Downloads that were begun and not finished, and their bytes.
    public var partials = 0
    public var partialBytes: Int64 = 0

    public init() {}

    /// Docker's `RECLAIMABLE` of images.
    public var reclaimable: Int64 { layersSize - activeUniqueSize }
}
