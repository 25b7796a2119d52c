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
    private var hasher = SHA256Hasher()
    private var scanner: LayerSizeScanner

    public init(inflateLimits: InflateLimits = InflateLimits(), tarLimits: TarLimits = TarLimits()) {
        limits = inflateLimits
        scanner = LayerSizeScanner(limits: tarLimits)
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
        return LayerDigest(
            diffID: hasher.finalize(), uncompressedSize: inflater?.outputCount ?? 0, size: try scanner.finish())
    }

    private mutating func begin() throws {
        inflater = try Inflater(Compression.detect(prefix), limits: limits)
        let first = prefix
        prefix = []
        try first.withUnsafeBytes { try inflate($0) }
    }

    private mutating func inflate(_ bytes: UnsafeRawBufferPointer) throws {
        try inflater?.push(bytes) { tar in
            hasher.update(tar)
            try scanner.push(tar)
        }
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
