// SPDX-License-Identifier: Apache-2.0
public import ByteStreams
import Glibc
import TarArchive

/// The plain bytes of an archive that may be compressed; its first bytes tell how, as in docker. gzip and zstd are read
/// here, xz and bzip2 by the programs of those names.
public final class ArchiveStream {
    private let descriptor: Int32
    private var head: [UInt8] = []
    private lazy var inflated = InflatedSource { [unowned self] in try self.readRaw($0) }
    private var program: DecompressorProgram?

    /// How the archive is compressed.
    public let compression: Compression

    /// Opens the file of an archive. A named pipe is not waited for: reading does that, and can be cancelled.
    static func open(_ path: String) throws(IOError) -> OwnedFD {
        try OwnedFD(opening: path, flags: O_RDONLY | O_NONBLOCK)
    }

    /// - Parameter descriptor: stays the caller's; nothing must have been read from it.
    public init(_ descriptor: Int32) throws {
        self.descriptor = descriptor
        var first = [UInt8](repeating: 0, count: Compression.prefixLength)
        while head.count < Compression.prefixLength {
            let wanted = Compression.prefixLength - head.count
            let count = try first.withUnsafeMutableBytes {
                try CancellableRead.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: $0[..<wanted]))
            }
            if count == 0 { break }
            head += first[..<count]
        }
        compression = Compression.detect(head)
        switch compression {
        case .xz: program = try DecompressorProgram("xz", package: "xz-utils", input: descriptor, head: head)
        case .bzip2: program = try DecompressorProgram("bzip2", package: "bzip2", input: descriptor, head: head)
        case .none, .gzip, .zstd: program = nil
        }
    }

    /// Plain bytes; 0 is the end.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if let program { return try program.read(into: buffer) }
        return try inflated.read(into: buffer)
    }

    /// The bytes as they came.
    func readRaw(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard head.isEmpty else {
            let count = min(head.count, buffer.count)
            buffer.copyBytes(from: head[..<count])
            head.removeFirst(count)
            return count
        }
        return try CancellableRead.read(descriptor, into: buffer)
    }

    /// Runs `body`, which reads an archive to its end; one that ends too early is told in docker's words.
    static func withDockerTexts(_ body: () throws -> Void) throws {
        do { try body() } catch InflateError.truncated {
            throw EngineError("unexpected EOF", phase: .stream)
        } catch TarError.truncated {
            throw EngineError("unexpected EOF", phase: .stream)
        }
    }
}
