// SPDX-License-Identifier: Apache-2.0
import Foundation

@testable import Containers

/// Runs something that writes to descriptors and gives what was written.
enum Captured {
    static func collect(
        input: String?, _ body: (AttachOptions) throws -> Int32
    ) throws -> (code: Int32, output: String, errors: String) {
        let output = try TemporaryFile()
        let errors = try TemporaryFile()
        let stdin = try input.map { try TemporaryFile(contents: $0) }
        let code = try body(
            AttachOptions(
                stdin: stdin?.descriptor, stdout: output.descriptor, stderr: errors.descriptor, proxiesSignals: false
            )
        )
        return (code, output.contents, errors.contents)
    }
}

/// An unlinked file.
final class TemporaryFile {
    let descriptor: Int32

    init(contents: String = "") throws {
        var template = Array("/tmp/dockerlite-test-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw POSIXError(.EIO) }
        unlink(template)
        let bytes = Array(contents.utf8)
        _ = write(descriptor, bytes, bytes.count)
        lseek(descriptor, 0, SEEK_SET)
    }

    deinit { close(descriptor) }

    var contents: String {
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    }
}
