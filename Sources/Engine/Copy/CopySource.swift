// SPDX-License-Identifier: Apache-2.0
import OCI

import protocol RegistryClient.BlobSource

/// Where a copy takes an image from.
protocol CopySource: Sendable {
    /// What the image's name stands for: an index or a manifest.
    func root() async throws -> RawDocument

    /// A document that another one names, verified.
    func document(_ descriptor: Descriptor) async throws -> RawDocument

    /// The bytes of a layer or config; whoever reads them verifies them.
    /// - Parameter countdown: called once a second before another attempt.
    func blob(_ descriptor: Descriptor, countdown: @escaping @Sendable (Int) -> Void) -> any BlobSource

    /// The repository, where the source is one: its registry may link its blobs into another one.
    var repository: Repository? { get }
}

extension CopySource {
    var repository: Repository? { nil }
}
