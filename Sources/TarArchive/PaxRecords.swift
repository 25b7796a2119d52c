// SPDX-License-Identifier: Apache-2.0

/// The records of a pax extended header that mean something here (POSIX.1-2001, pax, "Extended Header").
struct PaxRecords: Sendable {
    private(set) var path: [UInt8]?
    private(set) var linkPath: [UInt8]?
    private(set) var size: Int64?
    private(set) var uid: Int64?
    private(set) var gid: Int64?
    private(set) var modificationTime: TarTime?
    private(set) var xattrs: [TarEntry.Xattr] = []
    private(set) var sparse = PaxSparse()

    private static let xattrPrefix = Array("SCHILY.xattr.".utf8)

    init() {}

    /// Reads one block of records, `"<length> <key>=<value>\n"`; a later record of a key wins.
    init(parsing block: [UInt8], at offset: Int64, maxXattrs: Int) throws(TarError) {
        var rest = block[...]
        while !rest.isEmpty {
            let record = try Self.nextRecord(&rest, at: offset)
            guard let equals = record.firstIndex(of: UInt8(ascii: "=")), equals > record.startIndex else {
                throw .invalidExtendedHeader(offset: offset, reason: "pax record without a key")
            }
            try set(record[..<equals], record[(equals + 1)...], at: offset)
            guard xattrs.count <= maxXattrs else {
                throw .limitExceeded(
                    what: "number of extended attributes", limit: Int64(maxXattrs), option: "maxXattrs")
            }
        }
    }

    /// Cuts the next record off, without its length and newline.
    private static func nextRecord(
        _ rest: inout ArraySlice<UInt8>, at offset: Int64
    ) throws(TarError) -> ArraySlice<UInt8> {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        let length = digits.count <= 9 ? digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } : 0
        // Length, blank, something, newline.
        guard length > digits.count + 2, length <= rest.count, rest[digits.endIndex] == UInt8(ascii: " ") else {
            throw .invalidExtendedHeader(offset: offset, reason: "bad length of a pax record")
        }
        let end = rest.startIndex + length
        guard rest[end - 1] == UInt8(ascii: "\n") else {
            throw .invalidExtendedHeader(offset: offset, reason: "pax record does not end in a newline")
        }
        defer { rest = rest[end...] }
        return rest[(digits.endIndex + 1)..<(end - 1)]
    }

    private mutating func set(
        _ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, at offset: Int64
    ) throws(TarError) {
        if key.starts(with: Self.xattrPrefix) {
            let name = Array(key.dropFirst(Self.xattrPrefix.count))
            guard !name.isEmpty, !name.contains(0) else {
                throw .invalidExtendedHeader(offset: offset, reason: "bad name of an extended attribute")
            }
            xattrs.removeAll { $0.name == name }
            xattrs.append(TarEntry.Xattr(name: name, value: Array(value)))
            return
        }
        let name = String(decoding: key, as: UTF8.self)
        switch name {
        case "path": path = try Self.text(value, name, offset)
        case "linkpath": linkPath = try Self.text(value, name, offset)
        case "size": size = try Self.number(value, name, offset)
        case "uid": uid = try Self.number(value, name, offset)
        case "gid": gid = try Self.number(value, name, offset)
        case "mtime":
            guard !value.isEmpty else { return modificationTime = nil }
            guard let time = TarTime(pax: value) else {
                throw .invalidExtendedHeader(offset: offset, reason: "pax record mtime is not a time")
            }
            modificationTime = time
        default: try sparse.set(name, value, at: offset)
        }
    }

    /// A path; an empty one takes back an earlier record.
    static func text(_ value: ArraySlice<UInt8>, _ key: String, _ offset: Int64) throws(TarError) -> [UInt8]? {
        guard !value.contains(0) else {
            throw .invalidExtendedHeader(offset: offset, reason: "NUL in pax record \(key)")
        }
        return value.isEmpty ? nil : Array(value)
    }

    static func number(_ value: ArraySlice<UInt8>, _ key: String, _ offset: Int64) throws(TarError) -> Int64? {
        guard !value.isEmpty else { return nil }
        guard value.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int64(String(decoding: value, as: UTF8.self))
        else { throw .invalidExtendedHeader(offset: offset, reason: "pax record \(key) is not a number") }
        return number
    }
}
