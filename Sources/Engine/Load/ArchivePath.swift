// SPDX-License-Identifier: Apache-2.0
import OCI

/// A name inside an image archive, which may be hostile: it never becomes a path on this machine, only a key.
enum ArchivePath {
    /// The name without `.` and empty components.
    /// - Throws: ``EngineError`` for one that is absolute or climbs with `..`.
    static func checked(_ text: String) throws -> String {
        let parts = text.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }.filter { $0 != "." }
        guard !text.utf8.starts(with: "/".utf8), !parts.contains("..") else {
            throw EngineError("invalid archive: the name \"\(text)\" points out of the archive", phase: .stream)
        }
        return parts.joined(separator: "/")
    }

    /// The target of a link, as seen from the directory the link is in.
    static func target(_ text: String, from path: String) throws -> String {
        var parts = path.split(separator: "/").dropLast().map(String.init)
        for part in text.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(String(part))
            } else if parts.popLast() == nil {
                throw escape(path)
            }
        }
        guard !text.hasPrefix("/") else { throw escape(path) }
        return parts.joined(separator: "/")
    }

    /// The digest that `blobs/sha256/<hex>` promises.
    static func digest(_ path: String) -> Digest? {
        let prefix = "blobs/sha256/"
        return path.hasPrefix(prefix) ? try? Digest(hex: path.dropFirst(prefix.count)) : nil
    }

    static func blob(_ digest: Digest) -> String {
        "blobs/sha256/\(digest.hex)"
    }

    private static func escape(_ path: String) -> EngineError {
        EngineError("invalid archive: the link \"\(path)\" points out of the archive", phase: .stream)
    }
}
