// SPDX-License-Identifier: Apache-2.0

/// Why the config of an image is refused.
public enum ImageConfigError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No `rootfs`, or one of another type than `layers`; docker's text.
    case invalidRootFS
    /// Larger than `ManifestLimits.maximumDocumentSize`; with the size in bytes.
    case tooLarge(Int)
    /// Not JSON, or a field of a wrong type: the path, empty for the whole document, and why.
    case invalidField(path: String, reason: String)

    public var description: String {
        switch self {
        case .invalidRootFS: "invalid rootfs in image configuration"
        case .tooLarge(let size):
            "invalid image configuration: \(size) bytes, more than the \(ManifestLimits.maximumDocumentSize) allowed"
        case .invalidField(let path, let reason):
            path.isEmpty ? "invalid image configuration: \(reason)" : "invalid image configuration: \(path): \(reason)"
        }
    }
}
