// SPDX-License-Identifier: Apache-2.0

extension TarParser {
    /// Turns a header and the extended headers before it into an entry; nil while a sparse map is still to come.
    mutating func takeEntry(_ header: TarBlock, headerSize: Int64, at start: Int64) throws(TarError) -> Event? {
        entryCount += 1
        guard entryCount <= limits.maxEntries else {
            throw .limitExceeded(what: "number of entries", limit: Int64(limits.maxEntries), option: "maxEntries")
        }
        let payload = TarEntryType.isHeaderOnly(header.type) ? 0 : pax.size ?? headerSize
        var entry = try entry(header, payload: payload, at: start)
        let paxSparse = pax.sparse
        clearExtendedHeaders()
        sparse = SparseMap(limit: limits.maxSparseExtents)
        if header.type == TarEntryType.gnuSparse {
            entry.size = try number(header, .realsize, at: start)
            try sparse.add(header.bytes, at: 386, count: 4, offset: start)
            if header.bytes[482] == 0 { return try beginSparse(entry, payload: payload) }
            state = .sparseBlocks(entry, payload: payload)
            return nil
        }
        if entry.kind == .file, paxSparse.isSparse {
            entry.size = paxSparse.realSize ?? payload
            if paxSparse.hasMapInPayload {
                state = .sparseText(entry, payload: payload)
                return nil
            }
            try sparse.add(paxSparse.numbers, offset: start)
            return try beginSparse(entry, payload: payload)
        }
        begin(entry, payload: payload)
        return .entry(entry)
    }

    /// The map is complete: check it and start the payload.
    mutating func beginSparse(_ entry: TarEntry, payload: Int64) throws(TarError) -> Event {
        var entry = entry
        guard entry.size >= 0, entry.size <= limits.maxSparseSize else {
            throw .limitExceeded(what: "size of a sparse file", limit: limits.maxSparseSize, option: "maxSparseSize")
        }
        entry.extents = try sparse.checked(realSize: entry.size, payload: payload, offset: offset)
        begin(entry, payload: payload)
        return .entry(entry)
    }

    func number(_ header: TarBlock, _ field: TarBlock.Field, at start: Int64) throws(TarError) -> Int64 {
        guard let value = header.number(field) else {
            throw .invalidHeader(offset: start, reason: "\(field.rawValue) is not a number")
        }
        return value
    }

    private mutating func begin(_ entry: TarEntry, payload: Int64) {
        extents = entry.extents?[...]
        position = 0
        skip(payload)
    }

    private mutating func clearExtendedHeaders() {
        pax = PaxRecords()
        longName = nil
        longLink = nil
        hasExtendedHeader = false
    }

    private func entry(_ header: TarBlock, payload: Int64, at start: Int64) throws(TarError) -> TarEntry {
        let path = longName ?? pax.sparse.name ?? pax.path ?? header.path
        try checkPath(path)
        let link = longLink ?? pax.linkPath ?? header.linkName
        let kind = try kind(header, path: path, link: link, at: start)
        let uid = try number(header, .uid, at: start)
        let gid = try number(header, .gid, at: start)
        let time = try number(header, .mtime, at: start)
        var entry = TarEntry(
            path: path, kind: kind, mode: UInt32(truncatingIfNeeded: try number(header, .mode, at: start)) & 0o7777,
            uid: pax.uid ?? uid, gid: pax.gid ?? gid, modificationTime: pax.modificationTime ?? TarTime(seconds: time))
        entry.size = kind == .file ? payload : 0
        entry.xattrs = pax.xattrs
        return entry
    }

    /// Before anything is made of it: a path of a megabyte compresses to nothing, and would be half a million directories.
    private func checkPath(_ path: [UInt8]) throws(TarError) {
        guard path.count <= limits.maxPathLength else {
            throw .limitExceeded(
                what: "path of \(path.count) bytes", limit: Int64(limits.maxPathLength), option: "maxPathLength")
        }
        let depth = path.reduce(1) { $1 == UInt8(ascii: "/") ? $0 + 1 : $0 }
        guard depth <= limits.maxPathDepth else {
            throw .limitExceeded(
                what: "path of \(depth) components", limit: Int64(limits.maxPathDepth), option: "maxPathDepth")
        }
    }

    private func kind(
        _ header: TarBlock, path: [UInt8], link: [UInt8], at start: Int64
    ) throws(TarError) -> TarEntry.Kind {
        switch header.type {
        case TarEntryType.regular, TarEntryType.regularV7, TarEntryType.contiguous, TarEntryType.gnuSparse:
            // v7 had no directory type; a trailing slash told.
            return path.last == UInt8(ascii: "/") && header.type == TarEntryType.regularV7 ? .directory : .file
        case TarEntryType.directory: return .directory
        case TarEntryType.symbolicLink: return .symbolicLink(target: link)
        case TarEntryType.hardLink: return .hardLink(target: link)
        case TarEntryType.fifo: return .fifo
        case TarEntryType.characterDevice, TarEntryType.blockDevice:
            let major = UInt32(truncatingIfNeeded: try number(header, .devmajor, at: start))
            let minor = UInt32(truncatingIfNeeded: try number(header, .devminor, at: start))
            return header.type == TarEntryType.characterDevice
                ? .characterDevice(major: major, minor: minor) : .blockDevice(major: major, minor: minor)
        default: throw .invalidHeader(offset: start, reason: "unhandled tar header type \(header.type)")
        }
    }
}
