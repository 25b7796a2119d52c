// SPDX-License-Identifier: Apache-2.0
import OCI
import RegistryClient

import protocol RegistryClient.BlobSource

/// An image in its registry.
struct RegistryCopySource: CopySource {
    let registry: RegistryClient
    let reference: Reference

    var repository: Repository? { reference.repository }

    func root() async throws -> RawDocument {
        do { return try await registry.manifest(reference).document } catch let error as RegistryError {
            throw EngineError(error.pullDescription(for: reference))
        }
    }

    func document(_ descriptor: Descriptor) async throws -> RawDocument {
        do {
            return try await registry.manifest(descriptor, in: reference.repository).document
        } catch let error as RegistryError {
            throw EngineError(error.description, phase: .stream)
        }
    }

    func blob(_ descriptor: Descriptor, countdown: @escaping @Sendable (Int) -> Void) -> any BlobSource {
        StreamedBlob(descriptor, in: reference.repository, of: registry, countdown: countdown)
    }
}
