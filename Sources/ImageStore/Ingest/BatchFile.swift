// SPDX-License-Identifier: Apache-2.0

public import OCI

/// A file that was written for a `BlobBatch`. It goes with the batch unless it is added to it.
public struct BatchFile: Sendable {
    let name: String
    public let digest: Digest
    /// Bytes.
    public let size: Int64
}
