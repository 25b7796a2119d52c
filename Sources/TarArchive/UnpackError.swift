// SPDX-License-Identifier: Apache-2.0
public import ByteStreams

/// Why a layer cannot be unpacked; each names the entry of the archive.
public enum UnpackError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A name or hard link target that leads out of the layer.
    case breakout(path: String, target: String?)
    /// The root of the layer given as something that is no directory.
    case rootNotDirectory(path: String)
    /// `.wh.`, `.wh..`, `.wh...`: a deletion of nothing, of the directory itself or of its parent.
    case invalidWhiteout(path: String)
    /// A hard link to something that is neither in this layer nor below it, or that cannot be linked to.
    case badHardLink(path: String, target: String, reason: String)
    /// A device that this process may not create.
    case deviceNotPermitted(path: String)
    /// A component of a path is longer than the limit.
    case nameTooLong(path: String, limit: Int)
    /// More of something than the limits allow; `option` is the field of `TarLimits` to raise.
    case limitExceeded(path: String, what: String, limit: Int64, option: String)
    /// A system call failed on this entry.
    case io(path: String, IOError)

    public var description: String {
        switch self {
        case .breakout(let path, nil): "invalid entry \"\(path)\": it is outside of the layer"
        case .breakout(let path, let target?):
            "invalid hard link \"\(path)\" -> \"\(target)\": it is outside of the layer"
        case .rootNotDirectory(let path): "invalid entry \"\(path)\": the root of a layer must be a directory"
        case .invalidWhiteout(let path): "invalid whiteout \"\(path)\""
        case .badHardLink(let path, let target, let reason): "invalid hard link \"\(path)\" -> \"\(target)\": \(reason)"
        case .deviceNotPermitted(let path):
            "cannot create device \"\(path)\": operation not permitted; run as root, or have devices skipped"
        case .nameTooLong(let path, let limit):
            "invalid entry \"\(path.prefix(80))…\": name too long, the limit is \(limit) bytes"
        case .limitExceeded(let path, let what, let limit, let option):
            "entry \"\(path)\": \(what) exceeds \(option) (\(limit))"
        case .io(let path, let error): "unpacking \"\(path)\": \(error)"
        }
    }
}
