// SPDX-License-Identifier: Apache-2.0

/// The attributes through which overlayfs keeps its own records (kernel, Documentation/filesystems/overlayfs.rst).
enum OverlayXattr {
    private static let prefixes = [Array("trusted.overlay.".utf8), Array("user.overlay.".utf8)]

    /// Whether a name belongs to overlayfs; a layer that brings one is lying about itself.
    static func isReserved(_ name: [UInt8]) -> Bool {
        prefixes.contains { name.starts(with: $0) }
    }

    static func opaque(user: Bool) -> TarEntry.Xattr {
        TarEntry.Xattr(name: prefixes[user ? 1 : 0] + Array("opaque".utf8), value: [UInt8(ascii: "y")])
    }
}
