// SPDX-License-Identifier: Apache-2.0
public import DockerFormat

/// A container: what it was made from, what it runs, and what has become of it.
///
/// The value is a snapshot; ``ContainerEngine`` reads and changes the stored one under the container's lock.
public struct Container: Sendable, Equatable, Codable {
    public let id: ContainerID
    /// Without docker's leading slash.
    public var name: String
    public let created: Timestamp
    public var spec: ContainerSpec
    /// `sha256:…` of the image's config.
    public let imageID: String
    /// The spec merged with the image's config: what really runs.
    public var configuration: ContainerConfiguration
    /// Resolved mounts: binds, volumes and tmpfs, in the order they are mounted.
    public var mounts: [MountPoint]
    /// Directories of the unpacked layers, base first; relative ones lie below the store's root.
    public let layers: [String]
    public let driver: RootDriver
    /// `os/arch` of the image.
    public let platform: String
    public var state: ContainerState

    /// The command line as `ps` shows it: entrypoint and command.
    public var processArguments: [String] { configuration.processArguments }
}

extension Container {
    /// Its cgroup, from the root of each hierarchy.
    var cgroupPath: String { spec.cgroupPath(of: id) }
}
