// SPDX-License-Identifier: Apache-2.0

/// Names inside an archive: bytes, not text.
enum TarPath {
    static let whiteoutPrefix = Array(".wh.".utf8)
    static let opaqueMarker = Array(".wh..wh..opq".utf8)

    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")

    /// The names of a path, cleaned lexically as Go's `path.Clean("/" + path)` does: no `.`, no `..`, no empty ones.
    static func components(_ path: [UInt8]) -> [ArraySlice<UInt8>] {
        var result: [ArraySlice<UInt8>] = []
        for component in path.split(separator: slash, omittingEmptySubsequences: true) {
            if component.count == 1, component.first == dot { continue }
            if component.count == 2, component.allSatisfy({ $0 == dot }) {
                _ = result.popLast()
            } else {
                result.append(component)
            }
        }
        return result
    }

    /// Whether a relative path climbs above where it starts; an absolute one cannot, as `/..` is `/`.
    static func escapes(_ path: [UInt8]) -> Bool {
        guard path.first != slash else { return false }
        var depth = 0
        for component in path.split(separator: slash) where !component.elementsEqual([dot]) {
            depth += component.elementsEqual([dot, dot]) ? -1 : 1
            if depth < 0 { return true }
        }
        return false
    }

    /// Whether a name marks a deletion (OCI image spec, layer.md, "Whiteouts") rather than a file.
    static func isWhiteout(_ name: ArraySlice<UInt8>) -> Bool {
        name.starts(with: whiteoutPrefix)
    }
}
