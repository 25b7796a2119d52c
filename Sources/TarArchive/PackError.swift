// SPDX-License-Identifier: Apache-2.0
public import ByteStreams

/// Why a directory cannot be packed; each names the file.
public enum PackError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file became shorter, or something else, while it was read.
    case fileChanged(path: String)
    /// The directory uses an overlayfs feature that a layer archive cannot express.
    case unsupportedOverlay(path: String, xattr: String)
    /// A system call failed on this file.
    case io(path: String, IOError)

    public var description: String {
        switch self {
        case .fileChanged(let path): "packing \"\(path)\": the file changed while it was read"
        case .unsupportedOverlay(let path, let xattr):
            "packing \"\(path)\": \(xattr) cannot be put into a layer; mount with redirect_dir=off,metacopy=off"
        case .io(let path, let error): "packing \"\(path)\": \(error)"
        }
    }
}
