// SPDX-License-Identifier: Apache-2.0

/// How a container's root file system is put together.
public enum RootDriver: String, Sendable, Codable {
    /// An overlay mount over the image's layers.
    case overlay = "overlay2"
    /// A copy of the image's files, for kernels and users that may not mount overlays.
    case copying = "vfs"
}
