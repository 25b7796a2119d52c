// SPDX-License-Identifier: Apache-2.0
public import DockerFormat
public import ImageStore

extension ImageSummary {
    /// When the image was made; nil when its config doesn't say.
    public var creation: Timestamp? {
        created == nil ? nil : createdAt
    }
}
