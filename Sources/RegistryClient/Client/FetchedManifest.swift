// SPDX-License-Identifier: Apache-2.0

public import OCI

/// A manifest or index whose digest has been checked.
public struct FetchedManifest: Sendable, Hashable {
    public let document: RawDocument
    /// The answer's `Content-Type`, if there was one; the document's media type falls back to the descriptor's.
    public let contentType: MediaType?
}
