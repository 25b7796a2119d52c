// SPDX-License-Identifier: Apache-2.0
import CZstd

/// Push-style zstd compressor: one frame with a checksum.
///
/// Sendable although it holds pointers: it is their only owner and cannot be copied, so one thread at a time can use it.
public struct ZstdDeflater: ~Copyable, @unchecked Sendable {
    public typealias Sink = (UnsafeRawBufferPointer) throws -> Void

    private let context: OpaquePointer
    private let output: UnsafeMutableRawBufferPointer

    /// `level` is zstd's, 1 to 19; 3 is its default.
    public init(level: Int32 = 3) throws(DeflateError) {
        guard let context = ZSTD_createCCtx() else { throw .outOfMemory }
        self.context = context
        output = .allocate(byteCount: ZSTD_CStreamOutSize(), alignment: 64)
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    }

    deinit {
        ZSTD_freeCCtx(context)
        output.deallocate()
    }

    public mutating func write(_ bytes: UnsafeRawBufferPointer, _ emit: Sink) throws {
        try run(bytes, ZSTD_e_continue, emit)
    }

    /// Ends the frame.
    public mutating func finish(_ emit: Sink) throws {
        try run(UnsafeRawBufferPointer(start: nil, count: 0), ZSTD_e_end, emit)
    }

    private func run(_ bytes: UnsafeRawBufferPointer, _ directive: ZSTD_EndDirective, _ emit: Sink) throws {
        var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        while true {
            var out = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
            let left = ZSTD_compressStream2(context, &out, &input, directive)
            guard ZSTD_isError(left) == 0 else { throw DeflateError.failed(String(cString: ZSTD_getErrorName(left))) }
            if out.pos > 0 { try emit(UnsafeRawBufferPointer(rebasing: output[..<out.pos])) }
            let isDone = directive == ZSTD_e_end ? left == 0 : input.pos == input.size
            if isDone { return }
        }
    }
}
