// SPDX-License-Identifier: Apache-2.0

/// The `Link` header of a page: `</v2/x/tags/list?last=b&n=2>; rel="next"` (RFC 8288).
enum LinkHeader {
    /// The target with relation `next`; nil on the last page.
    static func next(_ header: String) -> String? {
        for link in header.split(separator: ",") {
            guard let open = link.firstIndex(of: "<"), let close = link[open...].firstIndex(of: ">") else { continue }
            let parameters = link[close...].dropFirst().split(separator: ";").map { parameter in
                parameter.filter { $0 != " " && $0 != "\"" && $0 != "\t" }.lowercased()
            }
            if parameters.contains("rel=next") { return String(link[link.index(after: open)..<close]) }
        }
        return nil
    }
}
