// SPDX-License-Identifier: Apache-2.0
import DockerFormat

extension JSONFields {
    /// The value that Go's decoder would give the field `key`, null or not: keys match in any case, the last one wins.
    ///
    /// `JSONDecoder` does neither; what Go and Swift would read differently is an attack on a digest (compare
    /// CVE-2021-41190).
    func member(_ key: String) -> JSONValue? {
        let folded = Self.folded(key)
        return members.last { Self.folded($0.name) == folded }?.value
    }

    /// The first of `keys` that more than one member stands for, however it is spelled.
    func ambiguousKey(of keys: [String]) -> String? {
        let folded = members.map { Self.folded($0.name) }
        return keys.first { key in
            let key = Self.folded(key)
            return folded.count { $0 == key } > 1
        }
    }

    /// Go folds a key by Unicode's simple folding; besides the ASCII letters, two scalars fold to ASCII.
    private static func folded(_ key: String) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(key.utf8.count)
        for scalar in key.unicodeScalars {
            switch scalar.value {
            case 0x212A: result.append(UInt8(ascii: "k"))
            case 0x17F: result.append(UInt8(ascii: "s"))
            case 0x41...0x5A: result.append(UInt8(scalar.value) | 0x20)
            default: result.append(contentsOf: String(scalar).utf8)
            }
        }
        return result
    }
}
