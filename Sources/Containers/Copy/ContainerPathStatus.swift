// SPDX-License-Identifier: Apache-2.0
public import DockerFormat

/// What a path in a container is; docker's `X-Docker-Container-Path-Stat`.
public struct ContainerPathStatus: Sendable, Equatable {
    public enum Kind: Sendable {
        case file, directory, link, other
    }

    /// The last component of the path.
    public var name: String
    public var kind: Kind
    public var size: Int64
    /// Permission bits, with set-user-ID, set-group-ID and sticky.
    public var mode: UInt32
    public var modified: Timestamp
    /// Where a link leads, as it is written.
    public var linkTarget: String
}
