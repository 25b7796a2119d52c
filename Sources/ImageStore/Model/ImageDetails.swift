// SPDX-License-Identifier: Apache-2.0

public import DockerFormat
public import OCI

/// What `inspect` shows beside the config.
public struct ImageDetails: Hashable, Sendable {
    public let summary: ImageSummary
    public let manifest: Descriptor
    public let config: Descriptor
    public let author: String
    public let comment: String
    public let dockerVersion: String
    public let osVersion: String
    /// When a tag was last given here (a pull does not count); nil when never.
    public let lastTagged: Timestamp?
    /// Base first.
    public let layers: [LayerRecord]
}
