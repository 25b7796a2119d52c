// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The standard alphabet of RFC 4648 §4.
enum Base64 {
    static func encode(_ text: String) -> String {
        Data(text.utf8).base64EncodedString()
    }

    /// Nil unless `text` is padded base64 of valid UTF-8.
    static func decode(_ text: String) -> String? {
        Data(base64Encoded: text).flatMap { String(validating: $0, as: UTF8.self) }
    }
}
