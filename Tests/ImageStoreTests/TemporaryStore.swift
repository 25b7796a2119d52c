// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Foundation
import OCI

@testable import ImageStore

/// A store in a directory of its own, which goes away with the value.
final class TemporaryStore: Sendable {
    let root: String

    init() {
        // In memory where possible: the tests sync thousands of files.
        let memory = "/dev/shm"
        let parent = access(memory, W_OK) == 0 ? memory : NSTemporaryDirectory()
        root = "\(parent)/dockerlite-store-\(RandomName.make())"
    }

    deinit {
        var remover = TreeRemover()
        try? remover.remove(root)
    }

    /// Each call is another process, as far as flock and SQLite can tell.
    func open(_ change: (inout StoreOptions) -> Void = { _ in }) throws -> ImageStore {
        var options = StoreOptions()
        options.lockTimeout = .seconds(60)
        change(&options)
        return try ImageStore.open(root: root, options: options)
    }

    /// Names in a directory of the store, sorted.
    func names(_ directory: String) throws -> [String] {
        try DirectoryListing.names(in: "\(root)/\(directory)")
    }

    func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
    }
}
