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
            throw .invalid("invalid \(what): \(text)")
        }
        self.first = first
        self.last = last
    }
}
