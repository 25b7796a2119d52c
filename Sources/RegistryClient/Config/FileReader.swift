// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Small configuration files, whole. The loaders' only contact with the disk, so that tests can pass their own.
struct FileReader: Sendable {
    static let maximumSize = 16 << 20

    /// Whether this user may not even look whether the file is there, or may not read it.
    static func isDenied(_ path: String) -> Bool {
        faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) != 0 && errno == EACCES
    }

    /// Nil when the file doesn't exist.
    static func read(_ path: String) throws(ConfigError) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            let code = errno
            if code == ENOENT || code == ENOTDIR { return nil }
            throw ConfigError("open \(path): \(SystemError.text(code))")
        }
        defer { close(file) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while content.count <= maximumSize {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count == 0 { return content }
            if count > 0 {
                content.append(contentsOf: chunk[..<count])
                continue
            }
            let code = errno
            if code != EINTR { throw ConfigError("read \(path): \(SystemError.text(code))") }
        }
        throw ConfigError("\(path): larger than \(maximumSize) bytes")
    }

    /// The names in a directory, sorted; nil when it doesn't exist.
    static func list(_ path: String) throws(ConfigError) -> [String]? {
        guard let directory = opendir(path) else {
            let code = errno
            if code == ENOENT || code == ENOTDIR { return nil }
            throw ConfigError("open \(path): \(SystemError.text(code))")
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }
}
