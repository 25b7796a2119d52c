// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The text of a system error in Go's spelling, which starts with a small letter.
enum SystemMessage {
    static func text(_ errno: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(errno, &buffer, buffer.count) == 0 else { return "error \(errno)" }
        let message = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return message.prefix(1).lowercased() + message.dropFirst()
    }
}
