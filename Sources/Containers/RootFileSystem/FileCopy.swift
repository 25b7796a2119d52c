// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc
import TarArchive

/// Copies the bytes of regular files inside the kernel.
enum FileCopy {
    static func copy(_ source: BytePath, to target: BytePath) throws(IOError) {
        let input = try OwnedFD(opening: source, flags: O_RDONLY | O_NOFOLLOW)
        let output = try OwnedFD(opening: target, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
        try copy(input.rawValue, to: output.rawValue, size: off_t(try input.status().st_size), path: target.text)
    }

    /// Copies `size` bytes and keeps holes: only ranges that SEEK_DATA finds are written.
    private static func copy(_ input: Int32, to output: Int32, size: off_t, path: String) throws(IOError) {
        guard ftruncate(output, size) == 0 else { throw IOError(errno: errno, operation: "truncate", path: path) }
        var position: off_t = 0
        while position < size {
            let data = clinux_seek_data(input, position)
            if data < 0 { return }
            let hole = clinux_seek_hole(input, data)
            try copyRange(input, output, from: data, to: hole < 0 ? size : hole, path: path)
            position = hole < 0 ? size : hole
        }
    }

    private static func copyRange(
        _ input: Int32, _ output: Int32, from start: off_t, to end: off_t, path: String
    ) throws(IOError) {
        var source = start
        var target = start
        while source < end {
            let count = clinux_copy_range(input, &source, output, &target, Int(end - source))
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw IOError(errno: errno, operation: "copy", path: path) }
            if count == 0 { return }
        }
    }
}
