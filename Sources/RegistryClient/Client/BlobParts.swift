// SPDX-License-Identifier: Apache-2.0

import OCI

/// A blob at a server that has proved that it sends parts: asked for some bytes of it, it sent those and no others.
public struct BlobParts: Sendable {
    let client: RegistryClient
    let descriptor: Descriptor
    let repository: Repository
    let endpoint: Endpoint

    /// Opens the bytes of `range`. Any other answer is an error; see `RegistryError.isOddPart`.
    public func stream(_ range: Range<Int64>) async throws -> BlobStream {
        try await client.part(range, of: self)
    }

    /// Runs `body` with the number of connections that the blob may use now, at least 1: those beyond the first are shared
    /// with the other large blobs of the client.
    public func withConnections<Result>(_ body: (Int) async throws -> Result) async rethrows -> Result {
        let wanted = client.configuration.parts.connections - 1
        return try await client.spareConnections.using(upTo: wanted) { try await body($0 + 1) }
    }

    /// Asks this server for no more parts: it does other things with them than it should.
    public func distrust() {
        client.distrustParts(of: endpoint)
    }
}
