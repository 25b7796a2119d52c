// SPDX-License-Identifier: Apache-2.0

/// An image's name in a path of an engine's API.
enum EngineName {
    private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/:@".utf8)

    static func escaped(_ name: String) -> String {
        name.utf8.reduce(into: "") { text, byte in
            text += plain.contains(byte) ? String(UnicodeScalar(byte)) : "%" + hex(byte >> 4) + hex(byte & 15)
        }
    }

    private static func hex(_ digit: UInt8) -> String {
        String(digit, radix: 16, uppercase: true)
    }
}
