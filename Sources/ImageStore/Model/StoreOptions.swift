// SPDX-License-Identifier: Apache-2.0

import DockerFormat

/// How a store is opened.
public struct StoreOptions: Sendable {
    /// How long to wait for another process before giving up with its name.
    public var lockTimeout: Duration = .seconds(30)
    /// Whether a store that does not exist is created; otherwise `StoreError.noSuchStore`.
    public var createsMissing = true
    /// The most bytes a layer may inflate to; no sane one comes near the default of 128 GiB.
    public var maxLayerSize: Int64 = 128 << 30
    /// The clock, for last-used and last-tagged times.
    var now: @Sendable () -> Timestamp = Timestamp.now
    var files = FileOperations()

    public init() {}
}
