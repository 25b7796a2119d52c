// SPDX-License-Identifier: Apache-2.0

import ByteStreams

/// Writes one blob of a `BlobBatch`, whose digest is known at its end.
public struct BatchWriter: ~Copyable, Sendable {
    private let area: StagingArea
    private let name: String
    private let files: FileOperations
    private let file: OwnedFD
    private var hasher = SHA256Hasher()

    init(_ name: String, in area: StagingArea, files: FileOperations) throws {
        self.area = area
        self.name = name
        self.files = files
        file = try area.create(name)
    }

    public mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
        try translatingErrors { try files.write(bytes, to: file, path: area.filePath(name)) }
        hasher.update(bytes)
    }

    /// Ends the file; `BlobBatch.add` makes a blob of it.
    public consuming func finish() -> BatchFile {
        BatchFile(name: name, digest: hasher.finalize(), size: Int64(hasher.byteCount))
    }
}
