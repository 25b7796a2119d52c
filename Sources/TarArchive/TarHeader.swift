// SPDX-License-Identifier: Apache-2.0

/// The header blocks of one entry: a pax header where one is needed, then the ustar header.
struct TarHeader {
    private(set) var bytes: [UInt8] = []

    private static let maxOctal7: Int64 = 0o7777777
    private static let maxOctal11: Int64 = 0o77777777777

    init(_ entry: TarEntry, keepsNanoseconds: Bool) throws(TarWriteError) {
        var path = entry.path
        if entry.kind == .directory, path.last != UInt8(ascii: "/") { path.append(UInt8(ascii: "/")) }
        let link = Self.linkTarget(entry.kind)
        let time = keepsNanoseconds ? entry.modificationTime : TarTime(seconds: entry.modificationTime.seconds)
        try Self.check(entry, path: path, link: link)
        let records = Self.records(entry, path: path, link: link, time: time)
        if !records.isEmpty { appendPax(records, for: path) }
        appendUstar(entry, path: path, link: link, time: time)
    }

    private static func check(_ entry: TarEntry, path: [UInt8], link: [UInt8]) throws(TarWriteError) {
        func refuse(_ reason: String) -> TarWriteError {
            .notRepresentable(path: entry.displayPath, reason: reason)
        }
        guard !path.isEmpty, !path.contains(0), !link.contains(0) else { throw refuse("empty name or NUL in a name") }
        guard entry.uid >= 0, entry.gid >= 0, entry.size >= 0 else { throw refuse("negative number") }
        for xattr in entry.xattrs {
            guard !xattr.name.isEmpty, !xattr.name.contains(UInt8(ascii: "=")), !xattr.name.contains(0) else {
                throw refuse("bad name of an extended attribute")
            }
        }
        let device = device(entry.kind)
        guard device.major <= maxOctal7, device.minor <= maxOctal7 else { throw refuse("device number too large") }
    }

    /// What the ustar header cannot hold, as pax records sorted by key.
    private static func records(
        _ entry: TarEntry, path: [UInt8], link: [UInt8], time: TarTime
    ) -> [(key: [UInt8], value: [UInt8])] {
        var records: [(key: [UInt8], value: [UInt8])] = []
        func add(_ key: String, _ value: [UInt8]) { records.append((Array(key.utf8), value)) }
        if splitName(path) == nil { add("path", path) }
        if link.count > 100 || !isASCII(link) { add("linkpath", link) }
        if entry.size > maxOctal11 { add("size", Array(String(entry.size).utf8)) }
        if entry.uid > maxOctal7 { add("uid", Array(String(entry.uid).utf8)) }
        if entry.gid > maxOctal7 { add("gid", Array(String(entry.gid).utf8)) }
        if time.nanoseconds != 0 || time.seconds < 0 || time.seconds > maxOctal11 { add("mtime", Array(time.pax.utf8)) }
        for xattr in entry.xattrs { records.append((Array("SCHILY.xattr.".utf8) + xattr.name, xattr.value)) }
        return records.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    private mutating func appendPax(_ records: [(key: [UInt8], value: [UInt8])], for path: [UInt8]) {
        let content = records.flatMap { Self.paxRecord($0.key, $0.value) }
        let components = path.split(separator: UInt8(ascii: "/"))
        let parent = components.dropLast().flatMap { Array($0) + [UInt8(ascii: "/")] }
        // The name Go gives it; readers that know no pax see a file of this name.
        let name = parent + Array("PaxHeaders.0/".utf8) + (components.last.map { Array($0) } ?? [])
        var block = Self.block(name: Self.ascii(name, 100), type: TarEntryType.paxHeader)
        Self.put(Self.octal(Int64(content.count), 11), in: &block, .size)
        Self.seal(&block)
        bytes += block + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    private mutating func appendUstar(_ entry: TarEntry, path: [UInt8], link: [UInt8], time: TarTime) {
        let split = Self.splitName(path) ?? (prefix: [], name: Self.ascii(path, 100))
        var block = Self.block(name: split.name, type: Self.type(entry.kind))
        block.replaceSubrange(345..<(345 + split.prefix.count), with: split.prefix)
        let target = Self.ascii(link, 100)
        block.replaceSubrange(157..<(157 + target.count), with: target)
        // A value that has its pax record is 0 here.
        func put(_ value: Int64, _ field: TarBlock.Field, _ digits: Int, max: Int64) {
            Self.put(Self.octal(value >= 0 && value <= max ? value : 0, digits), in: &block, field)
        }
        put(Int64(entry.mode & 0o7777), .mode, 7, max: Self.maxOctal7)
        put(entry.uid, .uid, 7, max: Self.maxOctal7)
        put(entry.gid, .gid, 7, max: Self.maxOctal7)
        put(entry.kind == .file ? entry.size : 0, .size, 11, max: Self.maxOctal11)
        put(time.seconds, .mtime, 11, max: Self.maxOctal11)
        let device = Self.device(entry.kind)
        put(device.major, .devmajor, 7, max: Self.maxOctal7)
        put(device.minor, .devminor, 7, max: Self.maxOctal7)
        Self.seal(&block)
        bytes += block
    }

    private static func block(name: [UInt8], type: UInt8) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: TarBlock.size)
        block.replaceSubrange(0..<name.count, with: name)
        block[156] = type
        block.replaceSubrange(257..<265, with: Array("ustar\u{0}00".utf8))
        for field in [TarBlock.Field.mode, .uid, .gid, .devmajor, .devminor] { put(octal(0, 7), in: &block, field) }
        for field in [TarBlock.Field.size, .mtime] { put(octal(0, 11), in: &block, field) }
        return block
    }

    /// The name as ustar's two fields; nil when it is not ASCII or cannot be cut at a slash to fit.
    private static func splitName(_ path: [UInt8]) -> (prefix: [UInt8], name: [UInt8])? {
        guard isASCII(path) else { return nil }
        if path.count <= 100 { return ([], path) }
        // As Go does: the last slash that leaves 155 bytes or fewer before it, and not the one a directory ends with.
        let window = path.prefix(156).dropLast(path.count <= 156 ? 1 : 0)
        guard let cut = window.lastIndex(of: UInt8(ascii: "/")), cut > 0, path.count - cut - 1 <= 100 else {
            return nil
        }
        return (Array(path[..<cut]), Array(path[(cut + 1)...]))
    }

    private static func linkTarget(_ kind: TarEntry.Kind) -> [UInt8] {
        switch kind {
        case .symbolicLink(let target), .hardLink(let target): target
        default: []
        }
    }

    private static func device(_ kind: TarEntry.Kind) -> (major: Int64, minor: Int64) {
        switch kind {
        case .characterDevice(let major, let minor), .blockDevice(let major, let minor): (Int64(major), Int64(minor))
        default: (0, 0)
        }
    }

    private static func type(_ kind: TarEntry.Kind) -> UInt8 {
        switch kind {
        case .file: TarEntryType.regular
        case .directory: TarEntryType.directory
        case .symbolicLink: TarEntryType.symbolicLink
        case .hardLink: TarEntryType.hardLink
        case .characterDevice: TarEntryType.characterDevice
        case .blockDevice: TarEntryType.blockDevice
        case .fifo: TarEntryType.fifo
        }
    }

    private static func isASCII(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy { $0 < 0x80 } }

    private static func ascii(_ bytes: [UInt8], _ limit: Int) -> [UInt8] {
        Array(bytes.lazy.filter { $0 < 0x80 }.prefix(limit))
    }

    private static func octal(_ value: Int64, _ digits: Int) -> [UInt8] {
        (0..<digits).reversed().map { 0x30 + UInt8(value >> (3 * Int64($0)) & 7) }
    }

    private static func put(_ value: [UInt8], in block: inout [UInt8], _ field: TarBlock.Field) {
        block.replaceSubrange(field.range.lowerBound..<(field.range.lowerBound + value.count), with: value)
    }

    private static func seal(_ block: inout [UInt8]) {
        block.replaceSubrange(TarBlock.Field.checksum.range, with: repeatElement(UInt8(ascii: " "), count: 8))
        let sum = block.reduce(Int64(0)) { $0 + Int64($1) }
        put(octal(sum, 6) + [0], in: &block, .checksum)
    }

    private static func paxRecord(_ key: [UInt8], _ value: [UInt8]) -> [UInt8] {
        // Blank, "=" and newline, and the digits of the length, which counts itself.
        let body = key.count + value.count + 3
        var length = body
        while body + String(length).utf8.count != length { length = body + String(length).utf8.count }
        return Array("\(length) ".utf8) + key + [UInt8(ascii: "=")] + value + [UInt8(ascii: "\n")]
    }
}
