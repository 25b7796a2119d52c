// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import DockerFormat
import ImageStore
import OCI

extension ArchiveImages {
    /// More layers than any image has; a chain of parents must end.
    private static let maximumChain = 1024

    /// The images of docker before 1.10: `repositories`, and for each layer a directory with its JSON and `layer.tar`.
    func legacyImages() throws -> [LoadableImage] {
        guard let bytes = try contents.document("repositories"),
            case .object(let repositories)? = try? JSONParser.parse(bytes)
        else { throw EngineError("invalid archive: repositories is no JSON", phase: .stream) }
        var names: [(id: String, name: Reference)] = []
        for repository in repositories {
            guard case .object(let tags) = repository.value else { continue }
            for tag in tags {
                guard case .string(let id) = tag.value,
                    let name = try? Reference(normalizing: repository.name).withTag(tag.name)
                else { throw EngineError("invalid archive: repositories has an invalid name", phase: .stream) }
                names.append((id, name))
            }
        }
        var images: [LoadableImage] = []
        for id in names.map(\.id).reduce(into: [String](), { if !$0.contains($1) { $0.append($1) } }) {
            images.append(try legacyImage(id, names: names.filter { $0.id == id }.map(\.name)))
        }
        return images
    }

    /// The new config is the top layer's JSON without what only the old format had, plus layers and history, as
    /// docker 1.10 migrates images.
    private func legacyImage(_ id: String, names: [Reference]) throws -> LoadableImage {
        let chain = try legacyChain(id)
        let layers = try chain.map { try layer("\($0.id)/layer.tar") }
        guard case .object(var members)? = chain.last?.json else { return try image(named: id) }
        let old = ["id", "parent", "Size", "layer_id", "throwaway", "parent_id"]
        members.removeAll { old.contains($0.name) }
        members.append(
            .init(
                "rootfs",
                [
                    "type": "layers",
                    "diff_ids": .array(layers.map { .string($0.facts.diffID.description) }),
                ]))
        members.append(.init("history", .array(chain.map { Self.history($0.json) })))
        let bytes = JSONWriter.bytes(JSONValue.object(members).sortingNames())
        let document = RawDocument(bytes: bytes, mediaType: .dockerConfig, digest: SHA256Hasher.digest(of: bytes))
        return try image(config: document, layers: chain.map { "\($0.id)/layer.tar" }, names: names)
    }

    private func image(named id: String) throws -> LoadableImage {
        throw EngineError("invalid archive: the image \(id) has no JSON", phase: .stream)
    }

    /// Base first.
    private func legacyChain(_ id: String) throws -> [(id: String, json: JSONValue)] {
        var chain: [(id: String, json: JSONValue)] = []
        var next: String? = id
        while let id = next {
            guard chain.count < Self.maximumChain, (try? Digest(hex: id)) != nil else {
                throw EngineError("invalid archive: invalid or endless chain of layers", phase: .stream)
            }
            guard let bytes = try contents.document("\(id)/json"), let json = try? JSONParser.parse(bytes) else {
                throw EngineError("open \(id)/json: no such file or directory", phase: .stream)
            }
            chain.append((id, json))
            if case .string(let parent)? = json["parent"], !parent.isEmpty { next = parent } else { next = nil }
        }
        return chain.reversed()
    }

    private static func history(_ json: JSONValue) -> JSONValue {
        var members: [JSONValue.Member] = []
        if let created = json["created"] { members.append(.init("created", created)) }
        if let author = json["author"], author != "" { members.append(.init("author", author)) }
        if case .array(let words)? = json["container_config"]?["Cmd"] {
            let text = words.compactMap { word -> String? in
                guard case .string(let text) = word else { return nil }
                return text
            }.joined(separator: " ")
            if !text.isEmpty { members.append(.init("created_by", .string(text))) }
        }
        if let comment = json["comment"], comment != "" { members.append(.init("comment", comment)) }
        return .object(members)
    }
}
