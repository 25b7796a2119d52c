// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import NIOHTTP1

/// The `Retry-After` header (RFC 9110 §10.2.3): seconds, or a date, which counts from the answer's own `Date` so that
/// a wrong clock here doesn't matter.
enum RetryAfter {
    static func parse(_ headers: HTTPHeaders) -> Duration? {
        guard let text = headers.first(name: "Retry-After") else { return nil }
        if let seconds = Int(text) { return seconds >= 0 ? .seconds(min(seconds, 1 << 30)) : nil }
        guard let end = HTTPDate.seconds(text) else { return nil }
        let start = headers.first(name: "Date").flatMap(HTTPDate.seconds) ?? Int(Date().timeIntervalSince1970)
        return .seconds(max(0, end - start))
    }
}
