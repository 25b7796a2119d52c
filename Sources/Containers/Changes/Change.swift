// SPDX-License-Identifier: Apache-2.0
import DockerFormat
public import TarArchive

/// One line of `docker diff`.
public struct Change: Sendable, Equatable {
    /// Raw values are docker's API numbers.
    public enum Kind: Int, Sendable {
        case modified = 0
        case added = 1
        case deleted = 2

        /// The letter `diff` prints.
        public var letter: String {
            switch self {
            case .modified: "C"
            case .added: "A"
            case .deleted: "D"
            }
        }
    }

    /// Absolute path in the container.
    public let path: BytePath
    public let kind: Kind

    public init(path: BytePath, kind: Kind) {
        self.path = path
        self.kind = kind
    }

    /// The path as docker's API tells it: in JSON, where each byte that is not UTF-8 is U+FFFD.
    public var displayPath: String { GoText.decode(path.bytes) }
}
