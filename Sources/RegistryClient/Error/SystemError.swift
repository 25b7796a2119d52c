// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The system's texts for error numbers, in Go's spelling.
enum SystemError {
    /// Go starts them with a small letter: `connection refused`. `I/O` and the like become `input/output`.
    static func text(_ code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "errno \(code)" }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
