// SPDX-License-Identifier: Apache-2.0

/// How an image came into the store.
public enum ImageOrigin: Int, Sendable {
    case pulled = 0
    case loaded = 1
    /// Committed, imported or built here.
    case created = 2
}
