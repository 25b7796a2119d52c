// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import OCI

/// Reads an index.json of any size: the limits for documents of registries do not suit a store of 10 000 images.
enum OCIIndexReader {
    /// Entries that are no descriptors with a SHA-256 digest are left out.
    static func entries(_ bytes: [UInt8]) throws -> [OCIIndexEntry] {
        guard case .array(let entries)? = try JSONParser.parse(bytes, maximumSize: .max)["manifests"] else { return [] }
        return entries.compactMap(entry)
    }

    static func entry(_ value: JSONValue) -> OCIIndexEntry? {
        guard let text = string(value["digest"]), let digest = try? Digest(parsing: text),
            case .number(let size)? = value["size"], let size = Int64(size), size >= 0
        else { return nil }
        let annotations = value["annotations"]
        return OCIIndexEntry(
            mediaType: string(value["mediaType"]) ?? "", digest: digest, size: size,
            reference: string(annotations?[OCIIndexWriter.referenceAnnotation]),
            image: self.digest(annotations?[OCIIndexWriter.imageAnnotation]),
            parent: self.digest(annotations?[OCIIndexWriter.parentAnnotation]), sources: sources(annotations)
        )
    }

    private static func sources(_ annotations: JSONValue?) -> [BlobSource] {
        guard case .object(let members)? = annotations else { return [] }
        let sources = members.flatMap { member -> [BlobSource] in
            guard member.name.hasPrefix(OCIIndexWriter.sourceAnnotation), case .string(let text) = member.value else {
                return []
            }
            let host = String(member.name.dropFirst(OCIIndexWriter.sourceAnnotation.count))
            return text.split(separator: ",").map { BlobSource(host: host, repository: String($0)) }
        }
        return sources.sorted { ($0.host, $0.repository) < ($1.host, $1.repository) }
    }

    private static func string(_ value: JSONValue?) -> String? {
        guard case .string(let text)? = value else { return nil }
        return text
    }

    private static func digest(_ value: JSONValue?) -> Digest? {
        string(value).flatMap { try? Digest(parsing: $0) }
    }
}
