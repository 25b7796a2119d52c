// SPDX-License-Identifier: Apache-2.0

/// The `--name=value` flags of an instruction.
struct InstructionFlags {
    private var values: [String: String] = [:]

    init(_ flags: [String], known: [String]) throws(ConfigChangeError) {
        for flag in flags {
            let parts = flag.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                .map { String(Substring($0)) }
            let name = String(Substring(parts[0].unicodeScalars.dropFirst(2)))
            guard known.contains(name) else {
                throw .unknownFlag(parts[0], suggestion: Self.nearest(to: name, among: known))
            }
            guard values[name] == nil else { throw .repeatedFlag(parts[0]) }
            guard parts.count == 2 else { throw .flagWithoutValue(parts[0]) }
            values[name] = parts[1]
        }
    }

    /// The value of a flag; nil when it wasn't given or is empty.
    subscript(name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The first name that is nearest, at most two edits away.
    private static func nearest(to name: String, among names: [String]) -> String? {
        let distances = names.map { ($0, distance(Array(name.unicodeScalars), Array($0.unicodeScalars))) }
        return distances.filter { $0.1 < 3 }.min { $0.1 < $1.1 }?.0
    }

    /// Levenshtein's distance.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var row = Array(0...right.count)
        for (index, scalar) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let above = row[column + 1]
                row[column + 1] = min(above + 1, row[column] + 1, diagonal + (scalar == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
