// SPDX-License-Identifier: Apache-2.0
public import DockerFormat
import Glibc

/// What a path in a container is; docker's `X-Docker-Container-Path-Stat`.
public struct ContainerPathStatus: Sendable, Equatable {
    public enum Kind: Sendable {
        case file, directory, link, device, other
    }

    /// The last component of the path.
    public var name: String
    public var kind: Kind
    public var size: Int64
    /// Permission bits, with set-user-ID, set-group-ID and sticky.
    public var mode: UInt32
    public var modified: Timestamp
    /// The container's path that a link leads to in the end, as far as that is there.
    public var linkTarget: String
}

extension ContainerPathStatus.Kind {
    init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: self = .file
        case S_IFDIR: self = .directory
        case S_IFLNK: self = .link
        case S_IFCHR, S_IFBLK: self = .device
        default: self = .other
        }
    }
}
