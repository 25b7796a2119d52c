// SPDX-License-Identifier: Apache-2.0

/// Who fetches a blob.
public enum IngestClaim: Sendable {
    /// It is in the store; the facts are nil for documents and for layers that were never inflated.
    case present(LayerFacts?)
    /// The caller, from `Ingest.frontier` on.
    case owner(Ingest)
    /// Another process, or another task of this one, which has this many bytes: wait and ask again.
    case busy(holder: LockHolder?, received: Int64)
}
