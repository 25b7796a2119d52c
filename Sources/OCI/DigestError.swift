// SPDX-License-Identifier: Apache-2.0

/// Why a text is no digest. The texts are those of docker's digest library.
public enum DigestError: Error, Hashable, Sendable, CustomStringConvertible {
    case invalidFormat
    case invalidLength
    case unsupportedAlgorithm

    public var description: String {
        switch self {
        case .invalidFormat: "invalid checksum digest format"
        case .invalidLength: "invalid checksum digest length"
        case .unsupportedAlgorithm: "unsupported digest algorithm"
        }
    }
}
