// SPDX-License-Identifier: Apache-2.0

import OCI

/// A value bound to a parameter of a statement.
enum SQLValue {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    case digest(Digest)

    static func optional(_ digest: Digest?) -> SQLValue { digest.map(SQLValue.digest) ?? .null }
    static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
    static func optional(_ integer: Int64?) -> SQLValue { integer.map(SQLValue.integer) ?? .null }
    /// NULL for an empty text, which configs do not tell from a missing one.
    static func nonEmpty(_ text: String) -> SQLValue { text.isEmpty ? .null : .text(text) }
    static func flag(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }
}
