// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc

extension ClientConfig {
    /// Replaces the file in one step, mode 0600: it holds passwords. A symbolic link stays one; its target is written.
    public func save() throws(ConfigError) {
        let target = Self.resolveLink(path)
        try Self.makeDirectory(of: target)
        let temporary = "\(target).\(getpid()).tmp"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw Self.failure("open", temporary) }
        do throws(IOError) {
            let file = OwnedFD(adopting: file)
            try file.write(encoded())
            try file.sync()
            guard rename(temporary, target) == 0 else { throw IOError(errno: errno, operation: "rename") }
        } catch {
            unlink(temporary)
            throw ConfigError("\(IOError(errno: error.errno, operation: error.operation, path: temporary))")
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
