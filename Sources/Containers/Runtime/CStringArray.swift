// SPDX-License-Identifier: Apache-2.0
import Glibc

/// argv-shaped arrays for C.
enum CStringArray {
    /// Calls `body` with a NULL-terminated array of copies of `strings`, valid during the call.
    static func with<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) } + [nil]
        defer { copies.forEach { free($0) } }
        return copies.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("an array with one element has a base") }
            return body(base)
        }
    }
}
