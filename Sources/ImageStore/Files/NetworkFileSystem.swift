// SPDX-License-Identifier: Apache-2.0

import CLinux

/// File systems shared by machines, on which a store is not safe: their locks may hold on one machine only, and the
/// catalog's shared memory (SQLite, "WAL does not work over a network filesystem") always does.
enum NetworkFileSystem {
    /// The name of a kind of network file system, by the magic number of statfs(2); nil for all others.
    static func name(ofType type: UInt32) -> String? {
        switch type {
        case 0x6969: "NFS"
        case 0x517b: "SMB"
        case 0xff53_4d42: "CIFS"
        case 0xfe53_4d42: "SMB2"
        case 0x0102_1997: "9P"
        case 0x5346_414f, 0x6b41_4653: "AFS"
        case 0x7375_7245: "Coda"
        case 0x00c3_6400: "Ceph"
        case 0x0bd0_0bd0: "Lustre"
        case 0x1983_0326: "BeeGFS"
        case 0x4750_4653: "GPFS"
        default: nil
        }
    }

    /// The kind that `path` is on; nil for a local one, and when it can't be told.
    static func name(at path: String) -> String? {
        UInt32(exactly: clinux_file_system_type(path)).flatMap(name(ofType:))
    }
}

extension ImageStore {
    /// The kind of network file system ("NFS") that the store is on; nil on a local one. There, processes of one machine
    /// are safe from each other, but not from those of other machines.
    public var networkFileSystem: String? { NetworkFileSystem.name(at: root) }
}
