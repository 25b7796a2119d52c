// SPDX-License-Identifier: Apache-2.0

/// Bounds on what an untrusted registry or archive may hand us.
public enum ManifestLimits {
    /// The largest manifest, index or image config in bytes (registries accept 4 MiB: distribution spec, "Manifests").
    public static let maximumDocumentSize = 4 * 1024 * 1024
    /// The most layers of one manifest; overlayfs mounts no more than 500, docker stops at 127.
    public static let maximumLayerCount = 4096
    /// The most entries of one index.
    public static let maximumIndexCount = 10_000
    /// The most steps in the history of one image config, and the most labels; each is a row of somebody's catalog.
    public static let maximumHistoryCount = 10_000
    public static let maximumLabelCount = 10_000
}
