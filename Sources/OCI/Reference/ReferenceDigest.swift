// SPDX-License-Identifier: Apache-2.0

/// The digest part of a reference: as docker, it may name sha384 or sha512 too, though blobs are only sha256.
public struct ReferenceDigest: Hashable, Sendable {
    /// `sha256`, `sha384` or `sha512`; other names only when made with `init(syntax:)`.
    public let algorithm: String
    /// The encoded part; lower-case hex when made with `init(parsing:)`.
    public let hex: String

    /// The algorithms that docker's binary registers, with the number of hex characters of each.
    private static let hexLengths = ["sha256": 64, "sha384": 96, "sha512": 128]

    public init(_ digest: Digest) {
        algorithm = "sha256"
        hex = digest.hex
    }

    /// Reads `algorithm:hex` of a registered algorithm, with docker's order of checks.
    public init(parsing text: String) throws(DigestError) {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon != text.startIndex else {
            throw .invalidFormat
        }
        algorithm = String(text[..<colon])
        hex = String(text[text.utf8.index(after: colon)...])
        guard !hex.isEmpty else { throw .invalidFormat }
        guard let length = Self.hexLengths[algorithm] else {
            throw Self.isWellFormed(algorithm: algorithm, encoded: hex) ? .unsupportedAlgorithm : .invalidFormat
        }
        guard hex.utf8.count == length else { throw .invalidLength }
        guard hex.utf8.allSatisfy(Hex.isLowercaseDigit) else { throw .invalidFormat }
    }

    /// Reads what the reference grammar calls a digest, without knowing the algorithm or the length it needs.
    public init(syntax text: String) throws(ReferenceError) {
        guard ReferenceScanner.isDigest(text.utf8[...]), let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            throw .invalidDigest
        }
        algorithm = String(text[..<colon])
        hex = String(text[text.utf8.index(after: colon)...])
    }

    /// The digest as the name of a blob; nil for another algorithm.
    public var sha256: Digest? {
        guard algorithm == "sha256" else { return nil }
        return try? Digest(hex: hex)
    }

    /// `[a-z0-9]+([.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+` (OCI image spec, descriptor.md, "Digests").
    private static func isWellFormed(algorithm: String, encoded: String) -> Bool {
        let components = algorithm.utf8.split(omittingEmptySubsequences: false) { ".+_-".utf8.contains($0) }
        return components.allSatisfy { !$0.isEmpty && $0.allSatisfy(ASCII.isLowerAlphanumeric) }
            && encoded.utf8.allSatisfy { ASCII.isAlphanumeric($0) || "=_-".utf8.contains($0) }
    }
}

extension ReferenceDigest: CustomStringConvertible {
    public var description: String {
        algorithm + ":" + hex
    }
}
