// SPDX-License-Identifier: Apache-2.0
public import OCI

/// A stream that is not what its descriptor promised.
public enum VerificationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The descriptor itself names a size that is negative or above the caller's cap.
    case sizeNotAllowed(Int64, cap: Int64)
    /// More bytes than the descriptor says (or, with no size known, than the cap); reading stopped there.
    case tooLong(wanted: Int64, digest: Digest)
    /// The stream ended early.
    case tooShort(wanted: Int64, got: Int64, digest: Digest)
    /// The bytes have another digest.
    case digestMismatch(wanted: Digest, got: Digest)

    public var description: String {
        switch self {
        case .sizeNotAllowed(let size, let cap):
            size < 0 ? "descriptor has a negative size: \(size)" : "size \(size) is above the limit of \(cap) bytes"
        case .tooLong(let wanted, let digest): "\(digest): got more than the \(wanted) bytes wanted"
        case .tooShort(let wanted, let got, let digest):
            "\(digest): unexpected EOF: wanted \(wanted) bytes, got \(got)"
        case .digestMismatch(let wanted, let got): "digest mismatch: wanted \(wanted), got \(got)"
        }
    }
}
