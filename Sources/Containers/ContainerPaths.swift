// SPDX-License-Identifier: Apache-2.0

/// Where a container's files lie on the host.
public struct ContainerPaths: Sendable, Equatable {
    public let log: String
    public let hosts: String
    public let hostname: String
    public let resolvConf: String
    /// Mount point of the root file system while the container runs.
    public let merged: String
    public let upper: String
    public let work: String
}
