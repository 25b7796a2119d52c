// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

extension ArchiveContents {
    /// Takes the files of an OCI image layout. Links in it are refused: they could lead to any file of this machine
    /// (compare GHSA-4587-w9mm-xxvh).
    func read(layout path: String) throws {
        let root = try OwnedFD(opening: path, flags: O_RDONLY | O_DIRECTORY)
        for name in ["oci-layout", "index.json"] { try take(name, as: name, in: root) }
        let blobs = try OwnedFD(opening: "blobs", flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, in: root)
        let sha256 = try OwnedFD(opening: "sha256", flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW, in: blobs)
        for name in try Self.names(in: sha256) { try take(name, as: "blobs/sha256/\(name)", in: sha256) }
    }

    private func take(_ name: String, as path: String, in directory: borrowing OwnedFD) throws {
        let file = try OwnedFD(opening: name, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK, in: directory)
        let status = try file.status()
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw EngineError("invalid layout: \(path) is no file", phase: .stream)
        }
        let descriptor = file.rawValue
        try take(path, size: Int64(status.st_size)) { body in
            let source = OwnedFD(adopting: dup(descriptor))
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
            defer { buffer.deallocate() }
            while true {
                let count = try source.read(into: buffer)
                if count == 0 { return }
                try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            }
        }
    }

    private static func names(in directory: borrowing OwnedFD) throws -> [String] {
        guard let stream = fdopendir(try directory.duplicate().release()) else {
            throw IOError(errno: errno, operation: "readdir")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
