// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
public import OCI

extension RegistryClient {
    /// docker tries as many repositories before it sends a layer itself.
    private static let maximumMounts = 4

    /// Brings a blob into a repository, with as little traffic as the registry allows: not at all if it is there, by
    /// mounting it from another repository, or by sending it. A broken upload goes on where the registry says.
    ///
    /// - Parameters:
    ///   - mountFrom: repositories of the same registry that have the blob; others are ignored.
    ///   - progress: told how many bytes have been handed over; falls back when a part has to be sent again.
    ///   - countdown: called once a second before another attempt, as in `retrying`.
    public func upload(
        _ descriptor: Descriptor, to repository: Repository, mountFrom: [Repository] = [],
        source: any BlobSource, progress: @escaping @Sendable (Int64) -> Void = { _ in },
        countdown: (Int) -> Void = { _ in }
    ) async throws -> UploadOutcome {
        if try await blobExists(descriptor, in: repository, access: .pushAndPull) { return .alreadyExists }
        return try await atEndpoint(of: repository, for: .push) { endpoint in
            let upload = BlobUpload(
                sender: sender, realms: sender.realms, endpoint: endpoint, repository: repository,
                descriptor: descriptor, source: source, progress: progress)
            let others = mountFrom.filter { $0.domain == repository.domain && $0.path != repository.path }
            var session: UploadSession?
            for other in others.prefix(Self.maximumMounts) {
                guard let opened = try await mount(upload, other) else { return .mounted(from: other) }
                if let session { await upload.cancel(session) }
                session = opened
            }
            try await send(upload, session, countdown)
            return .uploaded
        }
    }

    /// A registry that refuses to mount may still take the blob itself.
    private func mount(_ upload: BlobUpload, _ other: Repository) async throws -> UploadSession? {
        do {
            return try await upload.mount(from: other)
        } catch let error as RegistryError {
            guard case .api = error.kind else { throw error }
            return try await upload.open()
        }
    }

    private func send(
        _ upload: BlobUpload, _ opened: UploadSession?, _ countdown: (Int) -> Void
    ) async throws {
        var session = opened
        var isBroken = false
        var frontier: Int64 = 0
        try await retrying(
            .layer(maxAttempts: configuration.maxDownloadAttempts), clock: clock, countdown: countdown,
            frontier: { frontier }
        ) {
            if isBroken, let old = session { session = try await upload.status(old) }
            isBroken = true
            var current: UploadSession
            if let session { current = session } else { current = try await upload.open() }
            defer {
                session = current
                frontier = max(frontier, current.offset)
            }
            try await upload.send(&current)
            try await upload.close(current)
        }
    }

    /// Stores a manifest or index under its digest, or under a tag.
    /// - Returns: the digest, which the registry has confirmed if it said anything.
    @discardableResult
    public func putManifest(
        _ document: RawDocument, to repository: Repository, tag: String?
    ) async throws -> Digest {
        let name = tag ?? document.digest.description
        return try await retrying(.document, clock: clock) {
            try await atEndpoint(of: repository, for: .push) { endpoint in
                var request = RegistryRequest(
                    .PUT, "\(repository.path)/manifests/\(name)",
                    scopes: [AuthScope(path: repository.path, access: .pushAndPull)],
                    headers: ["Content-Type": document.mediaType.rawValue])
                request.body = { .bytes(.init(bytes: document.bytes)) }
                let answer = try await sender.send(request, to: endpoint)
                note(answer, repository)
                guard answer.isSuccess else { throw await answer.error() }
                await answer.response.drain()
                let said = answer.response.headers.first(name: "Docker-Content-Digest")
                guard said == nil || said == document.digest.description else {
                    throw answer.failure(
                        .uploadRefused("the registry stored the manifest \(document.digest) under another digest"))
                }
                return document.digest
            }
        }
    }

    /// Removes a manifest, with every tag that points to it.
    public func deleteManifest(_ digest: Digest, in repository: Repository) async throws {
        try await atEndpoint(of: repository, for: .push) { endpoint in
            let answer = try await sender.send(
                RegistryRequest(
                    .DELETE, "\(repository.path)/manifests/\(digest)",
                    scopes: [AuthScope(path: repository.path, access: .delete)]),
                to: endpoint)
            guard answer.isSuccess else { throw await answer.error() }
            await answer.response.drain()
        }
    }
}
