// SPDX-License-Identifier: Apache-2.0
import TarArchive

/// Takes the entries of an archive in their order: an archive's writer, or a directory they are unpacked into.
protocol EntrySink {
    /// Starts an entry; a file's `size` bytes follow through `write`.
    mutating func add(_ entry: TarEntry) throws
    mutating func write(_ bytes: UnsafeRawBufferPointer) throws
    /// Ends the last entry.
    mutating func finish() throws
}

extension TarWriter: EntrySink {}
