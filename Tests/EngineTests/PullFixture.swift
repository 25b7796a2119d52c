// SPDX-License-Identifier: Apache-2.0

import Foundation
import ImageStore
import OCI
import RegistryClient
import TestSupport

@testable import Engine

/// A registry in memory with one image of one layer, and a store to pull it into, in one process.
struct PullFixture {
    let registry = FakeRegistry()
    let layer: Descriptor
    let server: FaultServer
    private let directory: TemporaryDirectory
    let store: ImageStore

    /// - Parameter size: of the layer, about, in bytes.
    init(size: Int) async throws {
        layer = try registry.add(
            TestImage(layers: [try TestLayer.random(size: size, seed: 11, form: .plain)]), to: "app", tag: "1")[0]
        server = try await FaultServer.start(handler: registry.answer)
        directory = try TemporaryDirectory()
        store = try ImageStore.open(root: directory.path + "/store")
    }

    var blobPath: String { "/v2/app/blobs/\(layer.digest)" }

    /// What was asked of the layer, as `Range` headers; "" for all of it.
    var ranges: [String] { server.requests(to: blobPath).map { $0.header("Range") ?? "" } }

    /// Pulls with small parts and no pauses.
    func pull(_ change: (inout RegistryConfiguration) -> Void = { _ in }) async throws {
        var configuration = RegistryConfiguration()
        configuration.certificateDirectories = []
        configuration.parts.threshold = 256 << 10
        configuration.parts.size = 64 << 10
        configuration.parts.sufficientRate = .max
        change(&configuration)
        let system = RegistryClock.system
        let client = RegistryClient(
            configuration: configuration, clock: RegistryClock(now: system.now, sleep: { _ in await Task.yield() }))
        let pool = BlockingPool(threads: 4)
        let result = await Swift.Result {
            let reference = try Reference(normalizing: "\(server.host)/app:1")
            _ = try await PullOperation(
                store: store, registry: client, pool: pool,
                request: PullRequest(reference: reference, argument: reference.familiar), report: { _ in }
            ).run()
        }
        await client.shutdown()
        await pool.shutdown()
        try result.get()
    }

    /// Whether the image is there and everything in the store is what it should be.
    func isIntact() throws -> Bool {
        try store.hasBlob(layer.digest, size: layer.size) && store.check(deep: true).isSound
    }
}

extension Result where Failure == any Error {
    fileprivate init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
