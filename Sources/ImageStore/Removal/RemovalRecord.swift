// SPDX-License-Identifier: Apache-2.0

public import OCI

/// One line of `rmi`.
public enum RemovalRecord: Hashable, Sendable {
    /// A familiar reference.
    case untagged(String)
    /// An image ID, or the chain ID of a layer that nothing uses any more.
    case deleted(Digest)
}
