// SPDX-License-Identifier: Apache-2.0
public import ByteStreams
public import OCI

/// Learns what a layer's blob holds, push by push, without keeping or unpacking it.
///
/// The compression is told by the blob's first bytes, as docker tells it: media types lie.
public struct LayerDigester: ~Copyable, Sendable {
    private let limits: InflateLimits
    private var inflater: Inflater?
    private var prefix: [UInt8] = []
    private var sink: TarSink

    public init(inflateLimits: InflateLimits = InflateLimits(), tarLimits: TarLimits = TarLimits()) {
        limits = inflateLimits
        sink = TarSink(limits: tarLimits)
    }

    /// Takes the next bytes of the blob, in any portions.
    /// - Throws: ``InflateError`` or ``TarError``.
    public mutating func push(_ bytes: UnsafeRawBufferPointer) throws {
        guard inflater == nil else { return try inflate(bytes) }
        prefix += bytes
        if prefix.count >= Compression.prefixLength { try begin() }
    }

    /// The blob has ended.
    /// - Throws: ``InflateError`` or ``TarError`` when it ended too early.
    public mutating func finish() throws -> LayerDigest {
        if inflater == nil { try begin() }
        try inflater?.finish()
        let tar = try sink.finish()
        return LayerDigest(
            diffID: tar.hasher.finalize(), uncompressedSize: inflater?.outputCount ?? 0, size: try tar.scanner.finish())
    }

    private mutating func begin() throws {
        inflater = try Inflater(Compression.detect(prefix), limits: limits)
        let first = prefix
        prefix = []
        try first.withUnsafeBytes { try inflate($0) }
    }

    private mutating func inflate(_ bytes: UnsafeRawBufferPointer) throws {
        try inflater?.push(bytes) { tar in try sink.push(tar) }
    }
}

/// Where the tar of a layer goes: it is digested on the spot, and by a thread of its own once there is much of it.
private struct TarSink: Sendable {
    /// Bytes up to which a thread is not worth its start.
    private static let modest: Int64 = 1 << 20

    private var digest: TarDigest
    private var thread: TarDigestThread?
    private var count: Int64 = 0

    init(limits: TarLimits) {
        digest = TarDigest(scanner: LayerSizeScanner(limits: limits))
    }

    mutating func push(_ bytes: UnsafeRawBufferPointer) throws(TarError) {
        if count < Self.modest {
            count += Int64(bytes.count)
            if count >= Self.modest { thread = TarDigestThread(digest) }
        }
        if let thread { try thread.push(bytes) } else { try digest.push(bytes) }
    }

    func finish() throws(TarError) -> TarDigest {
        try thread?.finish() ?? digest
    }
}

/// What a layer's blob holds.
public struct LayerDigest: Hashable, Sendable {
    /// The digest of the uncompressed tar (OCI image spec, config.md, "Layer DiffID").
    public let diffID: Digest
    /// Bytes of the tar.
    public let uncompressedSize: Int64
    /// Bytes of the files in it, as docker's overlay2 counts a layer.
    public let size: Int64
}
