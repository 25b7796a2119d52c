// SPDX-License-Identifier: Apache-2.0

import DockerFormat
public import OCI

/// Why an image was not removed, in docker's words (moby v28 `daemon/images/image_delete.go`).
public enum RemovalConflict: Error, Hashable, Sendable, CustomStringConvertible {
    /// The last reference of an image that a container uses.
    case referenceInUse(argument: String, container: String, image: Digest)
    case dependentChildren(Digest)
    case runningContainer(String, image: Digest)
    case severalReferences(Digest)
    case stoppedContainer(String, image: Digest)
    /// The user has pinned it (not docker's: our own).
    case pinned(Digest)

    /// Not even `--force` removes the image.
    public var isHard: Bool {
        switch self {
        case .dependentChildren, .runningContainer: true
        case .referenceInUse, .severalReferences, .stoppedContainer, .pinned: false
        }
    }

    /// A container uses the image, or its user wants it kept.
    var isUse: Bool {
        switch self {
        case .runningContainer, .stoppedContainer, .referenceInUse, .pinned: true
        case .dependentChildren, .severalReferences: false
        }
    }

    public var description: String {
        switch self {
        case .referenceInUse(let argument, let container, let image):
            "conflict: unable to remove repository reference \(GoQuote.quoted(argument)) (must force) - "
                + "container \(container.prefix(12)) is using its referenced image \(image.short)"
        case .dependentChildren(let image): text(image, "image has dependent child images")
        case .runningContainer(let container, let image):
            text(image, "image is being used by running container \(container.prefix(12))")
        case .severalReferences(let image): text(image, "image is referenced in multiple repositories")
        case .stoppedContainer(let container, let image):
            text(image, "image is being used by stopped container \(container.prefix(12))")
        case .pinned(let image): text(image, "image is pinned")
        }
    }

    private func text(_ image: Digest, _ reason: String) -> String {
        "conflict: unable to delete \(image.short) (\(isHard ? "cannot" : "must") be forced) - \(reason)"
    }
}
