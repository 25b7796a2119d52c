// SPDX-License-Identifier: Apache-2.0

import OCI

/// Writes the index.json of an OCI image layout (image-spec v1.1 image-layout.md) entry by entry: at 10 000 images the
/// file has megabytes, so no tree of values is built.
struct OCIIndexWriter {
    static let layoutVersion = #"{"imageLayoutVersion":"1.0.0"}"#
    static let empty = prefix + suffix
    /// The canonical reference: `skopeo inspect oci:ROOT:docker.io/library/alpine:3` finds it.
    static let referenceAnnotation = "org.opencontainers.image.ref.name"
    /// The image an entry stands for, where the descriptor is of an index with several, and the image's local parent:
    /// what `rebuild` cannot read from the blobs.
    static let imageAnnotation = "io.dockerlite.image"
    static let parentAnnotation = "io.dockerlite.parent"
    /// Where a lost blob can be fetched again: the host follows, the value has its repositories, separated by commas.
    /// containerd's label and docker's annotation (containerd `pkg/labels`, LabelDistributionSource).
    static let sourceAnnotation = "containerd.io/distribution.source."

    private static let prefix =
        #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":["#
    private static let suffix = "]}"

    private var bytes = Array(OCIIndexWriter.prefix.utf8)
    private var isFirst = true

    mutating func add(_ entry: OCIIndexEntry) {
        if !isFirst { append(",") }
        isFirst = false
        addDescriptor(entry)
    }

    /// An entry alone, as `OCIIndexReader.entry` reads it.
    static func text(of entry: OCIIndexEntry) -> String {
        var writer = OCIIndexWriter()
        writer.bytes = []
        writer.addDescriptor(entry)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private mutating func addDescriptor(_ entry: OCIIndexEntry) {
        append("{\"mediaType\":")
        JSONString.append(string: entry.mediaType, to: &bytes)
        append(",\"digest\":\"\(entry.digest)\",\"size\":\(entry.size)")
        addAnnotations(entry)
        append("}")
    }

    consuming func finish() -> [UInt8] {
        append(Self.suffix)
        return bytes
    }

    private mutating func addAnnotations(_ entry: OCIIndexEntry) {
        // Sorted by key, as Go writes maps.
        var annotations = Self.annotations(of: entry.sources)
        if let image = entry.image { annotations.append((Self.imageAnnotation, image.description)) }
        if let parent = entry.parent { annotations.append((Self.parentAnnotation, parent.description)) }
        if let name = entry.reference { annotations.append((Self.referenceAnnotation, name)) }
        guard !annotations.isEmpty else { return }
        append(",\"annotations\":{")
        for (index, annotation) in annotations.enumerated() {
            if index > 0 { append(",") }
            JSONString.append(string: annotation.0, to: &bytes)
            append(":")
            JSONString.append(string: annotation.1, to: &bytes)
        }
        append("}")
    }

    private mutating func append(_ text: String) {
        bytes += Array(text.utf8)
    }

    /// `sources` are sorted, so those of a host stand together.
    private static func annotations(of sources: [BlobSource]) -> [(String, String)] {
        var annotations: [(String, String)] = []
        for source in sources {
            let key = sourceAnnotation + source.host
            if annotations.last?.0 == key {
                annotations[annotations.count - 1].1 += "," + source.repository
            } else {
                annotations.append((key, source.repository))
            }
        }
        return annotations
    }
}
