// SPDX-License-Identifier: Apache-2.0
public import DockerFormat

/// A volume as docker's `volume inspect` shows it.
public struct Volume: Sendable, Equatable, Codable {
    public var name: String
    public var created: Timestamp
    public var driver = "local"
    public var labels: [String: String]
    public var options: [String: String]
    /// Made for one container, without a name given by the user.
    public var isAnonymous: Bool
    /// Host path of the data; derived from the store's root.
    public var mountpoint = ""

    /// With the one that docker gives to anonymous volumes.
    public var allLabels: [String: String] {
        isAnonymous ? labels.merging(["com.docker.volume.anonymous": ""]) { own, _ in own } : labels
    }

    public init(
        name: String, created: Timestamp, labels: [String: String] = [:], options: [String: String] = [:],
        isAnonymous: Bool = false
    ) {
        self.name = name
        self.created = created
        self.labels = labels
        self.options = options
        self.isAnonymous = isAnonymous
    }
}
