// SPDX-License-Identifier: Apache-2.0
import CZlib

/// One piece of a raw deflate stream (RFC 1951), compressed on its own.
enum DeflateBlock {
    /// The compressed piece, ending on a byte boundary unless it is the last of the stream; nil when memory is short.
    static func compress(
        _ input: UnsafeRawBufferPointer, dictionary: UnsafeRawBufferPointer, level: Int32, isLast: Bool
    ) -> [UInt8]? {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        // -15: the full window, and neither zlib nor gzip header; 8: zlib's default memory level.
        guard deflateInit2_(&stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else {
            return nil
        }
        defer { deflateEnd(&stream) }
        let history = dictionary.bindMemory(to: UInt8.self)
        if !history.isEmpty { deflateSetDictionary(&stream, history.baseAddress, UInt32(history.count)) }
        // A sync flush adds an empty stored block of five bytes to what deflateBound counts.
        let capacity = Int(deflateBound(&stream, UInt(input.count))) + 16
        let source = input.bindMemory(to: UInt8.self)
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.avail_in = UInt32(source.count)
        var code = Z_OK
        let output = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            stream.next_out = buffer.baseAddress
            stream.avail_out = UInt32(buffer.count)
            code = deflate(&stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
            count = buffer.count - Int(stream.avail_out)
        }
        return code == (isLast ? Z_STREAM_END : Z_OK) ? output : nil
    }
}
