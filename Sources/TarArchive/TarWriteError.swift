// SPDX-License-Identifier: Apache-2.0

/// Why an entry cannot be written.
public enum TarWriteError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The entry got more data than its size says.
    case tooMuchData(by: Int64)
    /// The entry is not complete: this many bytes are missing.
    case missingData(Int64)
    /// tar has no way to say this.
    case notRepresentable(path: String, reason: String)

    public var description: String {
        switch self {
        case .tooMuchData(let excess): "archive/tar: write too long by \(excess) bytes"
        case .missingData(let count): "archive/tar: missed writing \(count) bytes"
        case .notRepresentable(let path, let reason): "archive/tar: cannot encode header of \(path): \(reason)"
        }
    }
}
