// SPDX-License-Identifier: Apache-2.0
import CZlib
import CZstd

@testable import ByteStreams

/// Inputs for the tests, made with zlib and libzstd themselves.
enum Samples {
    /// Bytes that compress to about half, the same on every run.
    static func text(_ count: Int) -> [UInt8] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33) & 0x0F | 0x40
        }
    }

    static func gzip(_ input: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        deflateInit2_(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(input.count))) + 64)
        var source = input
        source.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                deflate(&stream, Z_FINISH)
            }
        }
        output.removeLast(Int(stream.avail_out))
        deflateEnd(&stream)
        return output
    }

    static func zstd(_ input: [UInt8], windowLog: Int32 = 20) -> [UInt8] {
        let context = ZSTD_createCCtx()
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog)
        var output = [UInt8](repeating: 0, count: ZSTD_compressBound(input.count))
        var out = ZSTD_outBuffer(dst: nil, size: output.count, pos: 0)
        output.withUnsafeMutableBytes { buffer in
            out.dst = buffer.baseAddress
            input.withUnsafeBytes { source in
                // In two steps, so that the frame does not carry its size and must keep its window.
                var first = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
                _ = ZSTD_compressStream2(context, &out, &first, ZSTD_e_continue)
                _ = ZSTD_compressStream2(context, &out, &first, ZSTD_e_end)
            }
        }
        return Array(output[..<out.pos])
    }

    /// Inflates `input` in chunks of `step` bytes.
    static func inflate(
        _ input: [UInt8], _ compression: Compression, step: Int, limits: InflateLimits = InflateLimits()
    ) throws -> [UInt8] {
        var inflater = try Inflater(compression, limits: limits)
        var output: [UInt8] = []
        for start in stride(from: 0, to: input.count, by: step) {
            try input[start..<min(start + step, input.count)].withUnsafeBytes { chunk in
                try inflater.push(chunk) { output.append(contentsOf: $0) }
            }
        }
        try inflater.finish()
        return output
    }
}
