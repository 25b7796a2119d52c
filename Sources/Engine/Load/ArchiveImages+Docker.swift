// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import OCI

extension ArchiveImages {
    /// The images of docker's manifest.json, which has no manifests to keep: each gets one.
    func dockerImages() throws -> [LoadableImage] {
        guard let bytes = try contents.document("manifest.json"), let list = try? JSONParser.parse(bytes) else {
            throw EngineError("invalid archive: manifest.json is no JSON", phase: .stream)
        }
        guard case .array(let entries) = list else {
            throw EngineError("invalid manifest, manifest cannot be null (but can be [])", phase: .stream)
        }
        let chosen = try selection?.choose(
            from: entries, names: { Self.strings($0["RepoTags"]) }, identity: { $0["Config"] })
        return try (chosen ?? entries).map(dockerImage).filter { platform?.matches($0.config.platform) ?? true }
    }

    private func dockerImage(_ entry: JSONValue) throws -> LoadableImage {
        guard case .string(let path)? = entry["Config"] else {
            throw EngineError("invalid archive: manifest.json names no config", phase: .stream)
        }
        let names = try Self.strings(entry["RepoTags"]).map { text in
            do { return try Reference(normalizing: text).withDefaultTag() } catch {
                throw EngineError("invalid tag \(GoQuote.quoted(text))", phase: .stream)
            }
        }
        guard names.allSatisfy({ $0.digest == nil }) else {
            throw EngineError("invalid archive: manifest.json has a digest among its tags", phase: .stream)
        }
        return try image(
            config: document(path, .dockerConfig), layers: Self.strings(entry["Layers"]),
            names: selection?.names(from: names) ?? names)
    }

    /// An image of a config and the names of its layers in the archive.
    func image(config document: RawDocument, layers paths: [String], names: [Reference]) throws -> LoadableImage {
        let config = try config(document)
        try LoadableImage.check(layerCount: paths.count, against: config)
        let layers = try paths.map { try layer($0) }
        try LoadableImage.check(layers, against: config)
        let manifest = ManifestBuilder.manifest(config: document.descriptor, layers: layers.map(\.descriptor))
        return LoadableImage(
            manifest: manifest, config: config, configDocument: document, layers: layers, names: names)
    }

    private static func strings(_ value: JSONValue?) -> [String] {
        guard case .array(let elements)? = value else { return [] }
        return elements.compactMap { element in
            guard case .string(let text) = element else { return nil }
            return text
        }
    }
}
