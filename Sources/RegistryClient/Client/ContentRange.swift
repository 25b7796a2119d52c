// SPDX-License-Identifier: Apache-2.0

/// The `Content-Range` of a 206: `bytes 100-199/200` (RFC 9110 §14.4).
struct ContentRange: Sendable, Hashable {
    let first: Int64
    let last: Int64
    /// Nil for `*`.
    let total: Int64?

    init?(_ text: String) {
        let fields = text.split(separator: " ")
        guard fields.count == 2, fields[0].lowercased() == "bytes" else { return nil }
        let parts = fields[1].split(separator: "/", omittingEmptySubsequences: false)
        let bounds = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard parts.count == 2, bounds.count == 2, let first = bounds[0], let last = bounds[1], first >= 0,
            last >= first
        else { return nil }
        self.first = first
        self.last = last
        guard parts[1] != "*" else {
            total = nil
            return
        }
        guard let total = Int64(parts[1]), total > last else { return nil }
        self.total = total
    }
}
