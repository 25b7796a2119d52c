// SPDX-License-Identifier: Apache-2.0
public import ImageStore
public import OCI

/// All that `image inspect` shows.
public struct InspectedImage: Sendable {
    public let details: ImageDetails
    public let config: ImageConfig
}
