// SPDX-License-Identifier: Apache-2.0
public import ImageStore
public import OCI

/// Finds an image by name or ID for `inspect` and `history`.
public struct InspectImage: Sendable {
    private let store: ImageStore
    private let platform: Platform?

    /// - Parameter platform: what the image must be for; nil takes any.
    public init(_ store: ImageStore, platform: Platform? = nil) {
        self.store = store
        self.platform = platform
    }

    public func run(_ name: String) throws -> InspectedImage {
        let image = try find(name)
        return InspectedImage(details: try store.details(of: image.id), config: try store.config(of: image.id).config)
    }

    /// - Throws: the store's error when there is no such image, `EngineError` when it is for another platform.
    public func find(_ name: String) throws -> ImageSummary {
        let image = try store.resolve(name)
        guard let platform else { return image }
        let actual = Platform(os: image.os, architecture: image.architecture, variant: image.variant)
        guard platform.matches(actual) else {
            throw EngineError(
                "image with reference \(name) was found but does not match the specified platform: "
                    + "wanted \(platform), actual: \(actual)")
        }
        return image
    }
}
