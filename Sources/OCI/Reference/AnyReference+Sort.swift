// SPDX-License-Identifier: Apache-2.0

extension AnyReference {
    /// Sorts references from the most to the least exact and writes them in full; what can't be read comes last, as is.
    public static func sort(_ texts: [String]) -> [String] {
        var references: [(rank: Int, canonical: String)] = []
        var unreadable: [String] = []
        for text in texts {
            if let reference = try? AnyReference(parsing: text) {
                references.append((reference.rank, reference.canonical))
            } else {
                unreadable.append(text)
            }
        }
        references.sort { $0.rank == $1.rank ? precedes($0.canonical, $1.canonical) : $0.rank < $1.rank }
        return references.map(\.canonical) + unreadable.sorted(by: precedes)
    }

    /// Tag and digest, tag, digest, name only, ID.
    private var rank: Int {
        switch self {
        case .named(let reference):
            switch (reference.tag, reference.digest) {
            case (.some, .some): 0
            case (.some, nil): 1
            case (nil, .some): 2
            case (nil, nil): 3
            }
        case .digest: 4
        }
    }

    /// The order of bytes, which is Go's order of strings; Swift's own follows Unicode's canonical equivalence.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
