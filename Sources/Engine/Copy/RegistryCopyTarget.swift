// SPDX-License-Identifier: Apache-2.0
import OCI
import RegistryClient

/// A tag in a registry.
struct RegistryCopyTarget: CopyTarget {
    let registry: RegistryClient
    let reference: Reference

    var place: String { reference.repository.canonical }
    var tag: String { reference.tag ?? Reference.defaultTag }

    func put(
        _ blob: Descriptor, from source: VerifiedBlob, mountFrom repository: Repository?,
        progress: @escaping @Sendable (Int64) -> Void, countdown: @escaping @Sendable (Int) -> Void
    ) async throws -> UploadOutcome {
        do {
            return try await registry.upload(
                blob, to: reference.repository, mountFrom: repository.map { [$0] } ?? [], source: source,
                progress: progress, countdown: countdown)
        } catch let error as RegistryError {
            throw EngineError(await source.failure.map { "\($0)" } ?? error.description, phase: .stream)
        }
    }

    func put(_ document: RawDocument, isRoot: Bool) async throws {
        do {
            try await registry.putManifest(document, to: reference.repository, tag: isRoot ? tag : nil)
        } catch let error as RegistryError {
            throw EngineError(error.description, phase: .stream)
        }
    }
}
