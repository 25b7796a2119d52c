// SPDX-License-Identifier: Apache-2.0

/// One member of an archive, with everything that ustar, pax and GNU headers say about it resolved.
public struct TarEntry: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        case file
        case directory
        case symbolicLink(target: [UInt8])
        /// Another name for an entry of the archive, or of what lies below it; the target is a path like `path`.
        case hardLink(target: [UInt8])
        case characterDevice(major: UInt32, minor: UInt32)
        case blockDevice(major: UInt32, minor: UInt32)
        case fifo
    }

    /// An extended attribute (pax key `SCHILY.xattr.<name>`).
    public struct Xattr: Equatable, Sendable {
        public var name: [UInt8]
        public var value: [UInt8]

        public init(name: [UInt8], value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    /// A stretch of a sparse file that holds data; the rest are holes.
    public struct Extent: Equatable, Sendable {
        public var offset: Int64
        public var length: Int64

        public init(offset: Int64, length: Int64) {
            self.offset = offset
            self.length = length
        }
    }

    /// The name as it stands in the archive: bytes of any encoding, perhaps absolute, perhaps with `..`.
    public var path: [UInt8]
    public var kind: Kind
    /// Permission bits with set-uid, set-gid and sticky, 0 to 07777.
    public var mode: UInt32
    public var uid: Int64
    public var gid: Int64
    public var modificationTime: TarTime
    /// The size of a file in bytes, holes included; 0 for everything else.
    public var size: Int64
    public var xattrs: [Xattr]
    /// Where a sparse file has data, in order; nil for a file stored in full.
    public var extents: [Extent]?

    public init(
        path: [UInt8], kind: Kind, mode: UInt32, uid: Int64 = 0, gid: Int64 = 0,
        modificationTime: TarTime = TarTime(seconds: 0), size: Int64 = 0, xattrs: [Xattr] = []
    ) {
        self.path = path
        self.kind = kind
        self.mode = mode
        self.uid = uid
        self.gid = gid
        self.modificationTime = modificationTime
        self.size = size
        self.xattrs = xattrs
    }

    /// How many bytes of data the archive has for a file; less than `size` when it is sparse.
    var dataSize: Int64 { extents?.reduce(0) { $0 + $1.length } ?? size }

    /// The name for messages; bytes that are not UTF-8 are shown as U+FFFD.
    public var displayPath: String { String(decoding: path, as: UTF8.self) }
}
