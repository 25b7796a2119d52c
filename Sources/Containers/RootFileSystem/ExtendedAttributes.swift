// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc
import TarArchive

/// Extended attributes of files, by path and without following links.
enum ExtendedAttributes {
    /// Copies all but the overlay's own marks; those a plain user may not set are left out.
    static func copy(from source: BytePath, to target: BytePath) throws(IOError) {
        for name in names(of: source) where !name.contains(".overlay.") {
            guard let value = value(name, of: source) else { continue }
            let result = value.withUnsafeBytes { value in
                target.withCString { clinux_set_xattr($0, name, value.baseAddress, value.count) }
            }
            let error = errno
            if result != 0, error != EPERM, error != EOPNOTSUPP {
                throw IOError(errno: error, operation: "setxattr \(name)", path: target.text)
            }
        }
    }

    static func names(of path: BytePath) -> [String] {
        path.withCString { path in
            let size = clinux_list_xattr(path, nil, 0)
            guard size > 0 else { return [] }
            var buffer = [CChar](repeating: 0, count: size)
            let count = clinux_list_xattr(path, &buffer, size)
            guard count > 0 else { return [] }
            return buffer[..<count].split(separator: 0).map {
                String(decoding: $0.map(UInt8.init(bitPattern:)), as: UTF8.self)
            }
        }
    }

    static func value(_ name: String, of path: BytePath) -> [UInt8]? {
        path.withCString { path in
            let size = clinux_get_xattr(path, name, nil, 0)
            guard size >= 0 else { return nil }
            var buffer = [UInt8](repeating: 0, count: size)
            let count = clinux_get_xattr(path, name, &buffer, size)
            return count < 0 ? nil : Array(buffer[..<count])
        }
    }
}
