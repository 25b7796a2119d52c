// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine
import ImageStore
import OCI

extension ImageTree {
    /// The tree of listed images. The store holds one variant of each, so an image has one branch.
    init(_ images: [ListedImage], in store: ImageStore) throws {
        let nodes = try images.map { image in
            let content = try store.layers(of: image.summary.id).reduce(0) { $0 + $1.compressedSize }
            return Node(image, contentSize: content)
        }
        self.init(Self.sorted(nodes))
    }
}

extension ImageTree.Node {
    fileprivate init(_ image: ListedImage, contentSize: Int64) {
        let summary = image.summary
        let platform = Platform(os: summary.os, architecture: summary.architecture, variant: summary.variant)
        self.init(
            names: image.references.filter { !$0.isDigest }.map(\.familiar), id: summary.id.description,
            diskUsage: HumanSize.decimal(summary.size, digits: 3),
            contentSize: HumanSize.decimal(contentSize, digits: 3),
            isInUse: (summary.containers ?? 0) > 0)
        var variant = self
        variant.names = ["\(platform)"]
        variant.id = summary.manifestDigest.description
        children = [variant]
    }
}
