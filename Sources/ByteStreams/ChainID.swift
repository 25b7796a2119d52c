// SPDX-License-Identifier: Apache-2.0
public import OCI

/// Chain IDs: the identity of a layer together with everything below it (OCI image spec, config.md, "Layer ChainID").
public enum ChainID {
    /// The chain ID of every layer, bottom first: `ChainID(L₀…Lₙ) = SHA256(ChainID(L₀…Lₙ₋₁) + " " + DiffID(Lₙ))`.
    public static func chain(of diffIDs: [Digest]) -> [Digest] {
        var chain: [Digest] = []
        chain.reserveCapacity(diffIDs.count)
        for diffID in diffIDs {
            guard let parent = chain.last else {
                chain.append(diffID)
                continue
            }
            chain.append(SHA256Hasher.digest(of: Array("\(parent) \(diffID)".utf8)))
        }
        return chain
    }
}
