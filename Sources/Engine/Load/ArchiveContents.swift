// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import ImageStore
import OCI
import TarArchive

/// What an image archive holds, taken in one pass. Nothing has a name in the store yet.
final class ArchiveContents {
    /// Documents are kept in memory; more than this together is no image archive.
    private static let documentsLimit = 64 << 20
    /// Names are kept in memory, too; the archive of the largest store has a tenth of these.
    private static let limits = {
        var limits = TarLimits()
        limits.maxEntries = 262_144
        limits.maxPathLength = 1024
        return limits
    }()

    private let store: ImageStore
    private let batch: BlobBatch
    private let report: ProgressHandler
    private var files: [String: ArchiveFile] = [:]
    private var links: [String: String] = [:]
    private var documentBytes = 0

    init(store: ImageStore, batch: BlobBatch, report: @escaping ProgressHandler) {
        self.store = store
        self.batch = batch
        self.report = report
    }

    /// Takes an archive from its first byte to its last.
    /// - Parameter source: gives plain bytes; 0 is the end.
    func read(from source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) throws {
        var reader = TarReader(limits: Self.limits) { try source($0) }
        while let entry = try reader.next() {
            let path = try ArchivePath.checked(entry.displayPath)
            switch entry.kind {
            case .directory: continue
            case .file: try take(path, size: entry.size) { body in try reader.readData { piece, _ in try body(piece) } }
            case .symbolicLink(let target):
                try link(path, to: ArchivePath.target(String(decoding: target, as: UTF8.self), from: path))
            case .hardLink(let target):
                try link(path, to: ArchivePath.checked(String(decoding: target, as: UTF8.self)))
            default: throw refusal("\"\(path)\" is neither a file nor a directory")
            }
        }
        // What follows the archive's end mark is padding; a compressed stream is only checked at its end.
        let rest = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { rest.deallocate() }
        while try source(rest) > 0 {}
    }

    /// Takes one file; `read` calls back with its bytes.
    func take(
        _ path: String, size: Int64, _ read: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws {
        guard links[path] == nil else { throw refusal("\"\(path)\" is in it twice") }
        if let known = files[path] {
            var hasher = SHA256Hasher()
            try read { hasher.update($0) }
            guard hasher.finalize() == known.digest else { throw refusal("\"\(path)\" is in it twice") }
            return
        }
        let promised = ArchivePath.digest(path)
        if let promised, try isStored(promised, size: size) {
            files[path] = .stored(promised, size: size)
            return
        }
        let file = try size <= Int64(ManifestLimits.maximumDocumentSize) ? takeSmall(read) : takeLayer(path, size, read)
        if let promised, promised != file.digest {
            throw refusal("\(path) has the digest \(file.digest)")
        }
        files[path] = file
    }

    /// The file of a name; one link is followed, as old archives of docker need for layers that are in them once.
    func file(_ path: String) throws -> ArchiveFile? {
        let path = try ArchivePath.checked(path)
        return files[path] ?? links[path].flatMap { files[$0] }
    }

    func document(_ path: String) throws -> [UInt8]? {
        guard case .document(let bytes, _)? = try file(path) else { return nil }
        return bytes
    }

    private func link(_ path: String, to target: String) throws {
        guard path.hasSuffix("/layer.tar") else { throw refusal("\"\(path)\" is a link") }
        guard files[path] == nil, links.updateValue(target, forKey: path) == nil else {
            throw refusal("\"\(path)\" is in it twice")
        }
    }

    private func isStored(_ digest: Digest, size: Int64) throws -> Bool {
        try batch.has(digest, size: size) && store.facts(of: digest) != nil
    }

    private func takeSmall(
        _ read: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws -> ArchiveFile {
        var bytes: [UInt8] = []
        try read { bytes += $0 }
        guard !Self.isDocument(bytes) else {
            documentBytes += bytes.count
            guard documentBytes <= Self.documentsLimit else { throw refusal("it has too many documents") }
            return .document(bytes, SHA256Hasher.digest(of: bytes))
        }
        var stager = LayerStager(try batch.writer(), limits: store.layerLimits)
        try bytes.withUnsafeBytes { try stager.push($0) }
        return .layer(stager.finish())
    }

    private func takeLayer(
        _ path: String, _ size: Int64, _ read: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws -> ArchiveFile {
        // A bomb of a few kilobytes must not fill the disk before it turns out to be no layer.
        guard try size <= store.freeSpace else {
            throw EngineError("\(path): no space left on device: it has \(size) bytes", phase: .stream)
        }
        var stager = LayerStager(try batch.writer(), limits: store.layerLimits)
        let id = String((ArchivePath.digest(path)?.hex ?? path).prefix(12))
        var throttle = ProgressThrottle(total: size)
        var taken: Int64 = 0
        try read { piece in
            try stager.push(piece)
            taken += Int64(piece.count)
            // Reading is one long call: without this a signal would only count at its end.
            try Task.checkCancellation()
            if throttle.isDue(taken, now: .now) {
                report(.update(id, "Loading layer", ProgressAmount(current: taken, total: size)))
            }
        }
        return .layer(stager.finish())
    }

    /// JSON, and no tar whose first file has such a name: the mark of tar stands at byte 257.
    private static func isDocument(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { return true }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || bytes.starts(with: "null".utf8) else {
            return false
        }
        return bytes.count < 512 || !bytes[257...].starts(with: "ustar".utf8)
    }

    private func refusal(_ reason: String) -> EngineError {
        EngineError("invalid archive: \(reason)", phase: .stream)
    }
}

extension ArchiveFile {
    var digest: Digest {
        switch self {
        case .document(_, let digest), .stored(let digest, _): digest
        case .layer(let layer): layer.file.digest
        }
    }
}
