// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI

/// An image of an archive, checked as a whole: documents, diffIDs, layers.
struct LoadableImage {
    let manifest: RawDocument
    let config: ImageConfig
    let configDocument: RawDocument
    let layers: [LoadableLayer]
    /// The index it was chosen from, with what else of it the archive has.
    var index: RawDocument?
    var others: [(manifest: RawDocument, config: RawDocument, layers: [LoadableLayer])] = []
    var names: [Reference]

    /// What a name of the image stands for.
    var root: Descriptor { (index ?? manifest).descriptor }

    /// - Throws: ``EngineError`` with docker's text when there isn't a layer for each of the config's diffIDs.
    static func check(layerCount count: Int, against config: ImageConfig) throws(EngineError) {
        guard count == config.diffIDs.count else {
            throw EngineError(
                "invalid manifest, layers length mismatch: expected \(count), got \(config.diffIDs.count)",
                phase: .stream)
        }
    }

    /// Pairs the config's diffIDs with the layers.
    /// - Throws: ``EngineError`` with docker's text when they don't fit.
    static func check(_ layers: [LoadableLayer], against config: ImageConfig) throws {
        try check(layerCount: layers.count, against: config)
        for (position, (layer, diffID)) in zip(layers, config.diffIDs).enumerated() where layer.facts.diffID != diffID {
            throw EngineError(
                "invalid diffID for layer \(position): expected \"\(diffID)\", got \"\(layer.facts.diffID)\"",
                phase: .stream)
        }
    }
}

/// A layer of an archive, or one that the store has.
struct LoadableLayer {
    let descriptor: Descriptor
    let facts: LayerFacts
    let staged: StagedLayer?
}
