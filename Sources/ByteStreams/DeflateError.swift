// SPDX-License-Identifier: Apache-2.0

/// Why data could not be compressed.
public enum DeflateError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The compressor could not be set up.
    case outOfMemory
    /// The library refused; its own words.
    case failed(String)

    public var description: String {
        switch self {
        case .outOfMemory: "not enough memory for the compressor"
        case .failed(let reason): "compression failed: \(reason)"
        }
    }
}
