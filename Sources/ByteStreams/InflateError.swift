// SPDX-License-Identifier: Apache-2.0

/// Why a compressed stream could not be read.
public enum InflateError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The bytes are not a valid stream of this compression.
    case corrupt(Compression, reason: String)
    /// The stream stops in the middle.
    case truncated(Compression)
    /// Bytes that are neither another member nor zero padding follow the compressed data.
    case trailingGarbage(Compression)
    /// The stream inflates to more than the caller allows.
    case tooLarge(limit: Int64)
    /// The stream asks for a bigger window than the decoder may allocate.
    case windowTooLarge(limit: Int64)
    /// A compression this build does not read.
    case unsupported(Compression)
    /// The decoder could not be set up.
    case outOfMemory

    public var description: String {
        switch self {
        case .corrupt(let compression, let reason): "\(compression) stream is corrupt: \(reason)"
        case .truncated(let compression): "\(compression) stream is truncated: unexpected EOF"
        case .trailingGarbage(let compression): "\(compression) stream is followed by trailing garbage"
        case .tooLarge(let limit): "stream inflates to more than the limit of \(limit) bytes (max-layer-size)"
        case .windowTooLarge(let limit): "zstd stream needs a window larger than the limit of \(limit) bytes"
        case .unsupported(let compression):
            "compression \(compression) is not supported: recompress the stream with gzip or zstd"
        case .outOfMemory: "not enough memory for the decompressor"
        }
    }
}
