// SPDX-License-Identifier: Apache-2.0
import OCI
import RegistryClient

/// Where a copy puts an image.
protocol CopyTarget: Sendable {
    /// The place, for the first line.
    var place: String { get }
    /// What the image is called there, for the last line.
    var tag: String { get }

    /// Takes a layer or config unless it is there; its digest is checked before it counts as there.
    /// - Parameters:
    ///   - repository: one of the same registry that has the blob, where there is one.
    ///   - progress: told how many bytes have been handed over.
    func put(
        _ blob: Descriptor, from source: VerifiedBlob, mountFrom repository: Repository?,
        progress: @escaping @Sendable (Int64) -> Void, countdown: @escaping @Sendable (Int) -> Void
    ) async throws -> UploadOutcome

    /// Takes a manifest whose blobs are all there. The last one has the name.
    func put(_ document: RawDocument, isRoot: Bool) async throws
}
