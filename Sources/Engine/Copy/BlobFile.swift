// SPDX-License-Identifier: Apache-2.0
import NIOCore
import Synchronization

/// A file that pieces of a blob are written to, in order, from whichever thread is free.
final class BlobFile: Sendable {
    private let file: Mutex<AtomicFile>

    init(_ file: sending AtomicFile) {
        self.file = Mutex(file)
    }

    func write(_ bytes: ByteBuffer) throws {
        try file.withLock { file in try bytes.withUnsafeReadableBytes { try file.write($0) } }
    }

    func commit() throws {
        try file.withLock { try $0.commit() }
    }
}
