// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc
import ImageStore

/// A directory for what an operation needs only while it runs; it goes with the value.
final class ScratchDirectory: Sendable {
    let path: String

    /// - Parameter parent: a directory with room for whole images.
    init(in parent: String) throws {
        var template = Array("\(parent)/dockerlite-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw IOError(errno: errno, operation: "mkdir", path: parent) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        ImageStore.removeTree(path)
    }
}
