// SPDX-License-Identifier: Apache-2.0

/// `80` or `80-82`.
struct PortRange {
    let first: UInt16
    let last: UInt16

    var count: Int { Int(last) - Int(first) + 1 }
    var ports: ClosedRange<UInt16> { first...last }

    /// - Parameter what: `containerPort` or `hostPort`, as docker's error names it.
    init(_ text: String, what: String) throws(ContainerError) {
        let bounds = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = UInt16(bounds[0]), let last = UInt16(bounds[bounds.count - 1]), first <= last else {
            throw .syntax("invalid \(what): \(text)")
        }
        self.first = first
        self.last = last
    }

    /// Why `text` is no range, in the words of docker's port parser.
    static func reason(_ text: String) -> String {
        if text.isEmpty { return "empty string specified for ports" }
        let bounds = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        for bound in bounds where UInt16(bound) == nil {
            let isNumber = !bound.isEmpty && bound.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
            return "strconv.ParseUint: parsing \"\(bound)\": \(isNumber ? "value out of range" : "invalid syntax")"
        }
        return "invalid range specified for port: \(text)"
    }
}
