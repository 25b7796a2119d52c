// SPDX-License-Identifier: Apache-2.0

/// The `Link` header of a page: `</v2/x/tags/list?last=b&n=2>; rel="next"` (RFC 8288).
enum LinkHeader {
    /// The target with relation `next`; nil on the last page.
    static func next(_ header: String) -> String? {
        var rest = header[...]
        // A target may have commas in it.
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            let target = rest[rest.index(after: open)..<close]
            let parameters = rest[close...].dropFirst().prefix { $0 != "," }
            let names = parameters.split(separator: ";").map { parameter in
                parameter.filter { $0 != " " && $0 != "\"" && $0 != "\t" }.lowercased()
            }
            if names.contains("rel=next") { return String(target) }
            rest = rest[parameters.endIndex...]
        }
        return nil
    }
}
