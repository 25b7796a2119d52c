// SPDX-License-Identifier: Apache-2.0

/// How old leftovers must be to be cleared. Nothing that a reference, a container or a live process needs is ever
/// among them; the ages only keep what the next pull could use, and files that other tools are copying in.
public struct SweepPolicy: Sendable {
    /// Blobs and unpacked layers of no image (an interrupted pull's finished layers).
    public var orphanAge: Duration = .seconds(24 * 3600)
    /// Partial downloads.
    public var partialAge: Duration = .seconds(7 * 24 * 3600)

    public init() {}
}
