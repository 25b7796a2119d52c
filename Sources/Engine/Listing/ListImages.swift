// SPDX-License-Identifier: Apache-2.0
public import ImageStore

/// `image ls`: the images that pass a filter, newest first.
public struct ListImages: Sendable {
    private let store: ImageStore
    private let filter: ImageFilter
    private let includesIntermediates: Bool

    /// - Parameter includesIntermediates: `--all`, nameless images that others were made from.
    public init(_ store: ImageStore, filter: ImageFilter, includesIntermediates: Bool = false) {
        self.store = store
        self.filter = filter
        self.includesIntermediates = includesIntermediates
    }

    public func run() throws -> [ListedImage] {
        let options = ListOptions(
            includesIntermediates: includesIntermediates, withLabels: filter.needsLabels, withContainers: true)
        return try store.images(options).compactMap { image in
            try filter.references(of: image).map { ListedImage(summary: image, references: $0) }
        }
    }
}
