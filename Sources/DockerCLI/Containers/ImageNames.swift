// SPDX-License-Identifier: Apache-2.0
import Containers
import ImageStore
import OCI

/// Looks up the images of containers, each name once.
struct ImageNames {
    private let store: ImageStore
    private var found: [String: ImageSummary?] = [:]

    init(_ store: ImageStore) {
        self.store = store
    }

    mutating func image(_ name: String) -> ImageSummary? {
        if let known = found[name] { return known }
        let image = try? store.find(name)
        found[name] = .some(image)
        return image
    }

    /// The image as it was named when the container was made, or its ID when that name stands for another image now.
    mutating func shown(_ container: Container) -> String {
        let name = container.spec.image
        return image(name)?.id.description == container.imageID ? name : container.imageID
    }
}
