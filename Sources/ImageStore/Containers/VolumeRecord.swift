// SPDX-License-Identifier: Apache-2.0

public import DockerFormat

/// What the store must know of a volume; the rest is in `document`.
public struct VolumeRecord: Hashable, Sendable {
    public let name: String
    public var isAnonymous: Bool
    public var created: Timestamp
    public var document: [UInt8]
    /// How many containers mount it; what is set here is ignored.
    public internal(set) var links = 0

    public init(name: String, isAnonymous: Bool = false, created: Timestamp, document: [UInt8] = []) {
        self.name = name
        self.isAnonymous = isAnonymous
        self.created = created
        self.document = document
    }
}
