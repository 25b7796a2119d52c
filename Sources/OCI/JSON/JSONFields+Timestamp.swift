// SPDX-License-Identifier: Apache-2.0
import DockerFormat

extension JSONFields {
    /// A time in RFC 3339, kept as written; Go's decoder refuses what is none.
    func timestamp(_ key: String) throws(Failure) -> String? {
        guard let text = try string(key) else { return nil }
        do {
            _ = try Timestamp(rfc3339: text)
        } catch {
            throw Failure(path: path(key), reason: error.description)
        }
        return text
    }
}
