// SPDX-License-Identifier: Apache-2.0

/// An upload that a registry has opened.
struct UploadSession: Sendable, Hashable {
    /// Where the next part goes; changes with every answer, and holds state that has to be sent back as it is.
    var location: HTTPURL
    /// How many bytes the registry has.
    var offset: Int64 = 0
    /// The smallest part the registry takes before the last one, in bytes.
    var minimumChunk: Int64 = 0
    /// Set once the registry has refused the whole blob in one request.
    var chunk: Int64?

    static let defaultChunk: Int64 = 16 << 20

    /// The next part of a blob of `size` bytes.
    func next(_ size: Int64) -> Range<Int64> {
        let length = chunk.map { max($0, minimumChunk) } ?? size
        return offset..<min(size, offset + max(1, length))
    }

    /// How many bytes a `Range: 0-99` header says the registry has. `0-0` stands for none: registries send it for an
    /// upload that has just begun.
    static func received(_ range: String?) -> Int64? {
        guard let range else { return nil }
        let text = range.hasPrefix("bytes=") ? range.dropFirst(6) : range[...]
        let bounds = text.split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) }
        guard bounds.count == 2, bounds[0] == 0, let last = bounds[1], last >= 0, last < Int64.max else { return nil }
        return last == 0 ? 0 : last + 1
    }
}
