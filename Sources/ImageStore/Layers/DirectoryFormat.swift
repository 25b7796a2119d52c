// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc
import TarArchive

/// A layer as a directory in overlayfs form, to be a `lowerdir` of a mount.
struct DirectoryFormat: LayerFormat {
    let name = "fs"

    func build(
        in directory: String, lower: [String], feed: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
    ) throws {
        let path = "\(directory)/\(name)"
        guard mkdir(path, 0o755) == 0 else { throw IOError(errno: errno, operation: "mkdir", path: path) }
        let root = try OwnedFD(opening: path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        let lowerFDs = try lower.map { path in
            try OwnedFD(opening: path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW).release()
        }
        defer { for descriptor in lowerFDs { close(descriptor) } }
        // Root of a user namespace may give files away, but neither make devices nor set trusted attributes.
        let isRoot = geteuid() == 0
        let isPrivileged = isRoot && UserIDMap.isIdentity
        let options = UnpackOptions(
            form: .overlay(userXattr: !isPrivileged), devices: isPrivileged ? .fail : .skip,
            preservesOwnership: isRoot
        )
        var unpacker = try LayerUnpacker(
            into: root, options: options, lower: lowerFDs.isEmpty ? nil : LowerLayers(topmostFirst: lowerFDs)
        )
        try feed { try unpacker.push($0) }
        _ = try unpacker.finish()
    }
}
