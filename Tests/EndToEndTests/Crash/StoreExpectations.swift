// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI
import Testing

@testable import ImageStore

/// What must be true of a store whatever was killed in it.
struct StoreExpectations {
    let root: String
    /// What was done to the store, for the messages.
    let context: String

    /// It opens, checks clean by the bytes, and each of its names leads to a whole image.
    func expectSound() throws {
        guard access(root + "/oci-layout", F_OK) == 0 else { return }
        let store = try ImageStore.open(root: root)
        let report = try store.check(deep: true)
        #expect(report.isSound, "\(context): \(report)")
        for image in try store.images(ListOptions(includesIntermediates: true)) {
            _ = try store.details(of: image.id)
            _ = try store.manifest(of: image.id)
            #expect(try store.history(of: image.id).count > 0, "\(context)")
            for name in image.references { #expect(try store.resolve(name.canonical).id == image.id, "\(context)") }
        }
    }

    /// A sweep of leftovers of any age leaves nothing that no image needs, and harms none.
    func expectCleanAfterSweep() throws {
        guard access(root + "/oci-layout", F_OK) == 0 else { return }
        let store = try ImageStore.open(root: root)
        var policy = SweepPolicy()
        policy.orphanAge = .zero
        policy.partialAge = .zero
        try store.sweep(policy)
        let report = try store.check(deep: true)
        #expect(report.isSound && report.orphans.isEmpty, "\(context): \(report)")
        for directory in ["trash", "ingest", "leases"] {
            let names = try DirectoryListing.names(in: "\(root)/\(directory)")
            #expect(names.isEmpty, "\(context): \(directory) has \(names)")
        }
        let trees = try DirectoryListing.names(in: root + "/layers")
        for tree in trees {
            let isUsed = try store.reading { try $0.isTreeUsed(Digest(hex: tree)) }
            #expect(isUsed, "\(context): layers/\(tree)")
        }
    }

    /// The names of all images, familiar and sorted.
    func names() throws -> [String] {
        try ImageStore.open(root: root).images(ListOptions(includesIntermediates: true))
            .flatMap { $0.references.filter { $0.digest == nil }.map(\.familiar) }.sorted()
    }
}
