// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI
import Testing

@testable import DockerCLI

/// `system check` over a store that was tampered with.
struct SystemCheckTests {
    private let store: ListingStore
    private let id: Digest

    init() throws {
        store = try ListingStore()
        id = try store.add(ListingStore.Recipe(layers: [ListingStore.baseLayer]), ["app:1"])
    }

    private func blob() throws -> String {
        store.store.blobPath(try #require(try store.store.layers(of: id).first?.blob))
    }

    @Test func `a store that is well`() throws {
        #expect(
            try store.run("system", "check")
                == TestContext.Outcome(code: 0, out: "Checked 3 blobs of 1 images: no problems\n"))
        #expect(try store.run("system", "check", "--deep", "--format", "json") == TestContext.Outcome(code: 0))
    }

    @Test func `a missing blob is told with the images that need it, and stays wrong when nobody has it`() throws {
        let digest = try #require(try store.store.layers(of: id).first?.blob)
        try FileManager.default.removeItem(atPath: blob())
        let found = try store.run("system", "check", "--format", "{{.Kind}} {{.Digest}} {{.Images}}")
        #expect(found == TestContext.Outcome(code: 1, out: "missing \(digest) app:1\n"))
        let repaired = try store.run("system", "check", "--repair", "--format", "{{.Repaired}} {{.Detail}}")
        #expect(
            repaired
                == TestContext.Outcome(
                    code: 1, out: "no no registry is known to have it: load or pull its image again\n"))
        #expect(try store.run("image", "exists", "app:1").code == 0)
    }

    @Test func `only a deep check sees damage that keeps the size`() throws {
        let path = try blob()
        let size = try #require(FileManager.default.contents(atPath: path)?.count)
        chmod(path, 0o600)
        try Data(repeating: 7, count: size).write(to: URL(fileURLWithPath: path))
        #expect(try store.run("system", "check").code == 0)
        let found = try store.run("system", "check", "--deep", "--format", "{{.Kind}} {{.Images}}")
        #expect(found == TestContext.Outcome(code: 1, out: "damaged app:1\n"))
    }

    @Test func `a lost catalog is replaced; an image that can't be brought back is told, its blobs stay`() throws {
        let path = try blob()
        store.store.close()
        for suffix in ["", "-wal", "-shm"] {
            _ = try? FileManager.default.removeItem(atPath: store.root + "/catalog.db" + suffix)
        }
        #expect(try store.run("system", "check").code == 1)
        // The layer of this image is no archive, so its diff ID can't be learnt again.
        let outcome = try store.run("system", "check", "--repair", "--format", "{{.Kind}} {{.Repaired}} {{.Images}}")
        #expect(outcome.code == 1)
        #expect(outcome.out.hasPrefix("catalog yes \nlost no docker.io/library/app:1\n"))
        #expect(FileManager.default.fileExists(atPath: path))
    }
}
