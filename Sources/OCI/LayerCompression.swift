// SPDX-License-Identifier: Apache-2.0

/// The compression that a layer's media type names.
public enum LayerCompression: Hashable, Sendable {
    case none
    case gzip
    case zstd
}
