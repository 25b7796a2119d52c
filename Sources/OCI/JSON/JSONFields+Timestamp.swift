// SPDX-License-Identifier: Apache-2.0

extension JSONFields {
    /// A time in RFC 3339, kept as written; Go's decoder refuses what is none.
    func timestamp(_ key: String) throws(Failure) -> String? {
        guard let text = try string(key) else { return nil }
        guard Timestamp.isValid(text) else {
            throw Failure(path: path(key), reason: "not a time in the form of RFC 3339")
        }
        return text
    }
}
