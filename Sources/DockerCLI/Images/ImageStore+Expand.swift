// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI

extension ImageStore {
    /// The tags that a pattern matches; the argument itself when an image has that very name, or when it is no pattern.
    /// - Throws: `StoreError.noSuchImage` when nothing matches.
    func expand(_ argument: String) throws -> [String] {
        guard argument.contains(where: { "*?[\\".contains($0) }) else { return [argument] }
        // A name that can't be one is no image's.
        if (try? find(argument)) != nil { return [argument] }
        let pattern = try GlobPattern(argument)
        let names = try images(ListOptions(includesIntermediates: true)).flatMap(\.references)
        let matches = try names.filter { try $0.tag != nil && $0.reference.matches(pattern) }
        guard !matches.isEmpty else { throw StoreError.noSuchImage(argument) }
        return matches.map(\.familiar)
    }
}
