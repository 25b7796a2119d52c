// SPDX-License-Identifier: Apache-2.0
import CLibArchive

@testable import TarArchive

/// libarchive's view of an archive, to compare ours with.
enum Libarchive {
    struct Item: Equatable {
        var path: [UInt8]
        var type: UInt32
        var mode: UInt32
        var uid: Int64
        var size: Int64
        var seconds: Int64
        var nanoseconds: Int
        var link: [UInt8]
        var content: [UInt8]
    }

    /// The entries, or nil when libarchive calls it no archive.
    static func list(_ bytes: [UInt8]) -> [Item]? {
        let archive = archive_read_new()
        defer { archive_read_free(archive) }
        archive_read_support_format_tar(archive)
        return bytes.withUnsafeBytes { buffer in
            guard archive_read_open_memory(archive, buffer.baseAddress, buffer.count) == ARCHIVE_OK else { return nil }
            var items: [Item] = []
            while true {
                var entry: OpaquePointer?
                let code = archive_read_next_header(archive, &entry)
                if code == ARCHIVE_EOF { return items }
                guard code == ARCHIVE_OK || code == ARCHIVE_WARN, let entry else { return nil }
                var item = item(entry)
                guard let content = content(archive, size: Int(item.size)) else { return nil }
                item.content = content
                items.append(item)
            }
        }
    }

    private static func item(_ entry: OpaquePointer) -> Item {
        let hard = bytes(archive_entry_hardlink(entry))
        return Item(
            path: bytes(archive_entry_pathname(entry)), type: hard.isEmpty ? archive_entry_filetype(entry) : 1,
            mode: archive_entry_perm(entry), uid: archive_entry_uid(entry), size: archive_entry_size(entry),
            seconds: Int64(archive_entry_mtime(entry)), nanoseconds: archive_entry_mtime_nsec(entry),
            link: hard.isEmpty ? bytes(archive_entry_symlink(entry)) : hard, content: [])
    }

    private static func content(_ archive: OpaquePointer?, size: Int) -> [UInt8]? {
        var content: [UInt8] = []
        while true {
            var pointer: UnsafeRawPointer?
            var count = 0
            var offset: Int64 = 0
            let code = archive_read_data_block(archive, &pointer, &count, &offset)
            if code == ARCHIVE_EOF { break }
            guard code == ARCHIVE_OK || code == ARCHIVE_WARN else { return nil }
            content += [UInt8](repeating: 0, count: Int(offset) - content.count)
            content += UnsafeRawBufferPointer(start: pointer, count: count)
        }
        return content + [UInt8](repeating: 0, count: size - content.count)
    }

    private static func bytes(_ string: UnsafePointer<CChar>?) -> [UInt8] {
        string.map { Array(String(cString: $0).utf8) } ?? []
    }

    /// Our own view in the same terms.
    static func ours(_ bytes: [UInt8]) throws -> [Item] {
        var reader = Archives.reader(bytes)
        var items: [Item] = []
        while let entry = try reader.next() {
            var content: [UInt8] = []
            try reader.readData { piece, offset in
                content += [UInt8](repeating: 0, count: Int(offset) - content.count)
                content += piece
            }
            content += [UInt8](repeating: 0, count: Int(entry.size) - content.count)
            items.append(item(entry, content: content))
        }
        return items
    }

    private static func item(_ entry: TarEntry, content: [UInt8]) -> Item {
        let type: UInt32
        var link: [UInt8] = []
        switch entry.kind {
        case .file: type = UInt32(S_IFREG)
        case .directory: type = UInt32(S_IFDIR)
        case .symbolicLink(let target): (type, link) = (UInt32(S_IFLNK), target)
        case .hardLink(let target): (type, link) = (1, target)
        case .characterDevice: type = UInt32(S_IFCHR)
        case .blockDevice: type = UInt32(S_IFBLK)
        case .fifo: type = UInt32(S_IFIFO)
        }
        // Through String as on the other side, so that both show invalid UTF-8 alike.
        return Item(
            path: Array(entry.displayPath.utf8), type: type, mode: entry.mode, uid: entry.uid, size: entry.size,
            seconds: entry.modificationTime.seconds, nanoseconds: Int(entry.modificationTime.nanoseconds),
            link: Array(String(decoding: link, as: UTF8.self).utf8), content: content)
    }
}
