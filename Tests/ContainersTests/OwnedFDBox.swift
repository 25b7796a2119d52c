// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

@testable import Containers

/// Reads a log file through `LogReader`.
struct OwnedFDBox: ~Copyable {
    private let file: OwnedFD

    init(_ path: String) throws {
        file = try OwnedFD(opening: path, flags: O_RDONLY)
    }

    func read(_ options: LogOptions, into output: OutputBuffer) throws {
        if let tail = options.tail { try LogReader.seek(file, tail: tail) }
        var reader = LogReader(options: options) { output.add($0, $1) }
        try reader.drain(file)
    }
}
