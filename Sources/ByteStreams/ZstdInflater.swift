// SPDX-License-Identifier: Apache-2.0
import CZstd

/// zstd (RFC 8878) over libzstd's streaming interface: any number of frames, the window bounded.
///
/// Sendable although it holds pointers: it is their only owner and cannot be copied, so one thread at a time can use it.
struct ZstdInflater: ~Copyable, @unchecked Sendable {
    private let context: OpaquePointer
    private let output: UnsafeMutableRawBufferPointer
    private let maxWindowLog: Int32
    /// What the last call hinted: 0 when a frame just ended.
    private var pending = 0
    private var hasInput = false

    init(maxWindowLog: Int32) throws(InflateError) {
        guard let context = ZSTD_createDCtx() else { throw .outOfMemory }
        self.context = context
        self.maxWindowLog = maxWindowLog
        output = .allocate(byteCount: ZSTD_DStreamOutSize(), alignment: 64)
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, maxWindowLog)
    }

    deinit {
        ZSTD_freeDCtx(context)
        output.deallocate()
    }

    mutating func push(_ chunk: UnsafeRawBufferPointer, _ emit: Inflater.Sink) throws {
        guard !chunk.isEmpty else { return }
        hasInput = true
        var input = ZSTD_inBuffer(src: chunk.baseAddress, size: chunk.count, pos: 0)
        var isFull = false
        while input.pos < input.size || isFull {
            var out = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
            let before = input.pos
            let result = ZSTD_decompressStream(context, &out, &input)
            guard ZSTD_isError(result) == 0 else { throw error(for: result) }
            // A call that only flushed an already finished frame must not announce the next one as pending.
            if input.pos > before || out.pos > 0 { pending = result }
            if out.pos > 0 { try emit(UnsafeRawBufferPointer(rebasing: output[..<out.pos])) }
            isFull = out.pos == out.size
        }
    }

    func finish() throws(InflateError) {
        guard hasInput, pending == 0 else { throw .truncated(.zstd) }
    }

    private func error(for code: Int) -> InflateError {
        switch ZSTD_getErrorCode(code) {
        case ZSTD_error_frameParameter_windowTooLarge: .windowTooLarge(limit: 1 << Int64(maxWindowLog))
        case ZSTD_error_memory_allocation: .outOfMemory
        case ZSTD_error_prefix_unknown: .corrupt(.zstd, reason: "invalid frame magic")
        default: .corrupt(.zstd, reason: String(cString: ZSTD_getErrorName(code)))
        }
    }
}
