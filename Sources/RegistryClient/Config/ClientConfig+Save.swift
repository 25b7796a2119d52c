// SPDX-License-Identifier: Apache-2.0

import Glibc

extension ClientConfig {
    /// Replaces the file in one step, mode 0600: it holds passwords. A symbolic link stays one; its target is written.
    public func save() throws(ConfigError) {
        let target = Self.resolveLink(path)
        try Self.makeDirectory(of: target)
        let temporary = "\(target).\(getpid()).tmp"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw Self.failure("open", temporary) }
        do throws(ConfigError) {
            defer { close(file) }
            try Self.write(encoded(), to: file, temporary)
            guard fsync(file) == 0 else { throw Self.failure("fsync", temporary) }
            guard rename(temporary, target) == 0 else { throw Self.failure("rename", temporary) }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private static func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws(ConfigError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(file, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count > 0 {
                written += count
            } else if errno != EINTR {
                throw failure("write", path)
            }
        }
    }

    private static func resolveLink(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func makeDirectory(of path: String) throws(ConfigError) {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let directory = String(path[..<slash])
        guard mkdir(directory, 0o700) != 0, errno != EEXIST else { return }
        guard errno == ENOENT else { throw failure("mkdir", directory) }
        try makeDirectory(of: directory)
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { throw failure("mkdir", directory) }
    }

    private static func failure(_ operation: String, _ path: String) -> ConfigError {
        let code = errno
        return ConfigError("\(operation) \(path): \(SystemError.text(code))")
    }
}
