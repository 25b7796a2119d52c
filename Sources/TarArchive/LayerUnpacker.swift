// SPDX-License-Identifier: Apache-2.0
public import ByteStreams
import Glibc

/// Applies one layer to a directory, push-style: feed it the uncompressed archive, then call `finish`.
///
/// Nothing outside the directory is touched, whatever the archive says: every component of every name is resolved with
/// directory descriptors beneath the root, symbolic links as in a process chrooted there. No file is synced; the caller
/// does one `syncfs` for the layer. What a failed layer leaves behind is the caller's to delete.
///
/// Sendable although it holds a descriptor number: it is its only owner and cannot be copied.
public struct LayerUnpacker: ~Copyable, Sendable {
    private struct PendingDirectory {
        let path: [UInt8]
        let time: TarTime
        /// Set at the end, when an unprivileged user had to be given more.
        let mode: UInt32?
    }

    let root: OwnedFD
    let options: UnpackOptions
    let maker: NodeMaker
    var cursor: DirectoryCursor
    /// Where targets of hard links are looked up; its own, so that the entries' cursor stays where it is.
    var linkCursor: DirectoryCursor
    private var parser: TarParser
    private var pending: [PendingDirectory] = []
    /// Paths this layer has, parents included, which its own whiteouts must spare; kept for the flat form only.
    var touched: Set<[UInt8]> = []
    /// The file whose data is arriving, -1 for none.
    private var file: Int32 = -1
    private var fileEntry = TarEntry(path: [], kind: .file, mode: 0)
    var summary = UnpackSummary()
    /// Directories that were made for entries below them.
    var impliedDirectories = 0

    /// `lower` lets parents that the archive leaves out take their mode and owner from the layers below, and hard links
    /// point to files there.
    public init(into root: borrowing OwnedFD, options: UnpackOptions, lower: LowerLayers? = nil) throws(IOError) {
        let root = try root.duplicate()
        cursor = DirectoryCursor(root: root.rawValue)
        linkCursor = DirectoryCursor(root: root.rawValue)
        maker = NodeMaker(options: options, lower: lower)
        parser = TarParser(limits: options.limits)
        self.options = options
        self.root = root
    }

    deinit {
        if file >= 0 { close(file) }
    }

    /// Takes the next bytes of the uncompressed layer. Throws `TarError` or `UnpackError`; then the layer is lost.
    public mutating func push(_ chunk: UnsafeRawBufferPointer) throws {
        var input = chunk[...]
        while true {
            switch try parser.next(&input) {
            case .entry(let entry):
                try finishFile()
                try located(entry) { unpacker throws in try unpacker.apply(entry) }
            case .data(let piece, let offset): try write(piece, at: offset)
            case .needsInput, .end: return
            }
        }
    }

    /// Ends the layer: the last file is closed and the directories get their times.
    public mutating func finish() throws -> UnpackSummary {
        try parser.finish()
        try finishFile()
        // Children before parents, as a parent may be about to lose its permissions.
        for directory in pending.reversed() {
            let entry = TarEntry(path: directory.path, kind: .directory, mode: 0)
            try located(entry) { unpacker throws in try unpacker.finishDirectory(directory) }
        }
        summary.entries = parser.entryCount
        return summary
    }

    /// Starts a regular file; its attributes follow when its data has come.
    mutating func begin(_ entry: TarEntry, _ name: ArraySlice<UInt8>, in parent: DirectoryHandle) throws {
        let total = summary.bytes.addingReportingOverflow(entry.dataSize)
        guard !total.overflow, total.partialValue <= options.limits.maxTotalBytes else {
            throw UnpackError.limitExceeded(
                path: entry.displayPath, what: "content of the layer", limit: options.limits.maxTotalBytes,
                option: "maxTotalBytes")
        }
        summary.bytes = total.partialValue
        file = try replacing(name, in: parent) { () throws(IOError) in
            try parent.createFile(name, mode: entry.mode & 0o777)
        }
        fileEntry = entry
        if entry.dataSize == 0 { try finishFile() }
    }

    /// Remembers a directory whose times are to be set at the end.
    mutating func deferTimes(of entry: TarEntry, path: [UInt8]) {
        let needsMode = maker.workingMode(entry.mode) != entry.mode
        pending.append(PendingDirectory(path: path, time: entry.modificationTime, mode: needsMode ? entry.mode : nil))
    }

    private mutating func write(_ piece: UnsafeRawBufferPointer, at offset: Int64) throws {
        guard file >= 0 else { return }
        var done = 0
        while done < piece.count {
            let count = pwrite(file, piece.baseAddress.map { $0 + done }, piece.count - done, off_t(offset) + done)
            let error = errno
            if count < 0, error != EINTR {
                let ioError = IOError(errno: error, operation: "write")
                throw UnpackError.io(path: fileEntry.displayPath, ioError)
            }
            done += max(count, 0)
        }
    }

    /// Fills the file just begun from another one.
    mutating func copyData(from input: borrowing OwnedFD) throws {
        var block = [UInt8](repeating: 0, count: 256 * 1024)
        var offset: Int64 = 0
        while offset < fileEntry.size {
            let count = try block.withUnsafeMutableBytes { try input.read(into: $0) }
            if count == 0 { throw IOError(errno: EIO, operation: "read") }
            try block.withUnsafeBytes { try write(UnsafeRawBufferPointer(rebasing: $0.prefix(count)), at: offset) }
            offset += Int64(count)
        }
        try finishFile()
    }

    private mutating func finishFile() throws {
        guard file >= 0 else { return }
        let entry = fileEntry
        try located(entry) { unpacker throws in
            let fd = unpacker.file
            unpacker.file = -1
            let owned = OwnedFD(adopting: fd)
            if entry.extents != nil { try owned.truncate(to: entry.size) }
            let isSetgid = unpacker.cursor.isSetgid
            try unpacker.maker.finishFile(fd, entry, inSetgid: isSetgid, summary: &unpacker.summary)
            try owned.close()
        }
    }

    private mutating func finishDirectory(_ directory: PendingDirectory) throws {
        let components = TarPath.components(directory.path)
        guard let name = components.last else { return }
        let parent: DirectoryHandle
        do {
            parent = try cursor.enter(components.dropLast())
        } catch let error as IOError where [ENOENT, ENOTDIR].contains(error.errno) {
            return  // replaced by a later entry
        }
        guard let status = try parent.statusIfPresent(name), status.st_mode & S_IFMT == S_IFDIR else { return }
        if let mode = directory.mode { try parent.changeMode(name, mode) }
        try parent.setTimes(name, directory.time)
    }

    /// Runs `body` so that a failed system call names the entry it was for.
    private mutating func located(_ entry: TarEntry, _ body: (inout LayerUnpacker) throws -> Void) throws {
        do {
            try body(&self)
        } catch let error as IOError {
            throw UnpackError.io(path: entry.displayPath, error)
        }
    }
}
