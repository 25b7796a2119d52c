// SPDX-License-Identifier: Apache-2.0

/// A mount of a container after names and defaults have been resolved; docker's `Mounts` entries.
public struct MountPoint: Sendable, Equatable, Codable {
    public var kind: MountSpec.Kind
    /// Name of the volume.
    public var name: String?
    /// Absolute host path; empty for tmpfs.
    public var source: String
    /// Cleaned absolute path in the container.
    public var destination: String
    public var driver: String?
    /// The option words as typed.
    public var mode: String
    public var writable: Bool
    public var propagation: String
    /// tmpfs only.
    public var options: String = ""
    public var recursion: MountSpec.Recursion = .enabled
    /// Whether the volume was made for this container alone and goes away with it.
    public var isAnonymous = false
    /// Whether docker's lists of mounts show it: not what `--tmpfs` asked for.
    public var isListed = true
}
