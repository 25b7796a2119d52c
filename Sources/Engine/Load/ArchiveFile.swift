// SPDX-License-Identifier: Apache-2.0
import OCI

/// A file of an archive.
enum ArchiveFile {
    /// JSON, in memory.
    case document([UInt8], Digest)
    case layer(StagedLayer)
    /// A layer that the store has already; what the archive has under its digest was passed over.
    case stored(Digest, size: Int64)
}
