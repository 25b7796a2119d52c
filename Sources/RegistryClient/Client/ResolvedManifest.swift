// SPDX-License-Identifier: Apache-2.0

public import OCI

/// What a reference stands for at its registry.
public struct ResolvedManifest: Sendable, Hashable {
    /// As it was asked for.
    public let reference: Reference
    /// The registry's word until the document has been fetched, which checks it.
    public let digest: Digest
    public let mediaType: MediaType?
    /// In bytes, if the registry said so.
    public let size: Int64?
    /// Already here when the registry gave no digest without it.
    let document: FetchedManifest?
}
