// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A file that the command line names; errors are Go's texts.
struct UserFile {
    private let name: String
    private let path: String

    init(_ name: String, _ context: Context) {
        self.name = name
        path = context.absolute(name)
    }

    var exists: Bool { access(path, F_OK) == 0 }

    /// - Throws: `StatusError` also when there are more than `limit` bytes.
    func read(limit: Int) throws -> [UInt8] {
        let file = try open(O_RDONLY)
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0 { throw failure("read") }
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
            guard bytes.count <= limit else { throw StatusError("\(name): more than \(limit) bytes") }
        }
    }

    /// Makes the file, which must not be there.
    func create(_ text: String) throws {
        let file = try open(O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
        defer { close(file) }
        try Array(text.utf8).withUnsafeBytes { try write($0, to: file) }
    }

    /// Writes all of `bytes` to an open descriptor of the file.
    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.write(file, piece.baseAddress, piece.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("write")
            }
            rest = rest.dropFirst(count)
        }
    }

    func remove() {
        unlink(path)
    }

    /// An open descriptor, which the caller closes.
    func open(_ flags: Int32, mode: mode_t = 0) throws -> Int32 {
        let file = Glibc.open(path, flags | O_CLOEXEC, mode)
        guard file >= 0 else { throw failure("open") }
        return file
    }

    private func failure(_ operation: String) -> StatusError {
        StatusError("\(operation) \(name): \(SystemMessage.text(errno))")
    }
}
