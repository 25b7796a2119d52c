// SPDX-License-Identifier: Apache-2.0

/// Reads the headers of an uncompressed layer as it streams by and adds up its size as docker's overlay2 does.
///
/// Counted are the sizes of regular files (a sparse one in full) and of symbolic links, each inode once: a hard link
/// adds nothing, an entry replaces an earlier one of the same path, directories, devices and whiteouts are free.
/// It holds back no file content; memory grows by some 60 bytes an entry. An empty stream is an empty layer.
public struct LayerSizeScanner: Sendable {
    private var parser: TarParser
    private var tree = LayerTree()
    private let maxNodes: Int

    public init(limits: TarLimits = TarLimits()) {
        parser = TarParser(limits: limits)
        maxNodes = limits.maxEntries
    }

    /// How many entries were seen, extended headers not counted.
    public var entryCount: Int { parser.entryCount }

    /// Takes the next bytes of the archive, in pieces of any length.
    public mutating func push(_ chunk: UnsafeRawBufferPointer) throws(TarError) {
        var input = chunk[...]
        while true {
            switch try parser.next(&input) {
            case .entry(let entry):
                record(entry)
                guard tree.nodeCount <= maxNodes + 1 else {
                    throw .limitExceeded(
                        what: "number of files and directories", limit: Int64(maxNodes), option: "maxEntries")
                }
            case .data: break
            case .needsInput, .end: return
            }
        }
    }

    /// Ends the archive and gives the layer's size in bytes; throws `truncated` when it stops inside an entry.
    public func finish() throws(TarError) -> Int64 {
        try parser.finish()
        return tree.totalSize
    }

    /// Enters the entry into the tree that knows what replaces what.
    private mutating func record(_ entry: TarEntry) {
        switch entry.kind {
        case .directory: tree.addDirectory(entry.path)
        case .hardLink(let target): tree.addHardLink(entry.path, to: target)
        case .symbolicLink(let target): tree.addFile(entry.path, size: Int64(target.count))
        case .file: tree.addFile(entry.path, size: entry.size)
        case .characterDevice, .blockDevice, .fifo: tree.addFile(entry.path, size: 0)
        }
    }
}
