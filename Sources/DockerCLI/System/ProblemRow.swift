// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate
import ImageStore
import OCI

/// A row of `system check`: one thing that is wrong, or that nothing needs.
struct ProblemRow: ListingRow {
    enum Kind: String, Sendable {
        case damaged, missing, orphaned, catalog, index, lost
    }

    var kind: Kind
    var digest: Digest?
    /// In bytes; nil where nothing has one.
    var size: Int64?
    /// Names of the images that suffer, IDs for those without a name.
    var images: [String] = []
    /// Repositories the blob can be fetched from.
    var sources: [String] = []
    var detail = ""
    var isRepaired = false

    /// Orphans take space and do no harm.
    var isDefect: Bool { kind != .orphaned && !isRepaired }

    var goTypeName: String { "*formatter.problemContext" }

    static let columns = [
        ListingColumn("Detail", "DETAIL"), ListingColumn("Digest", "DIGEST"), ListingColumn("Images", "IMAGES"),
        ListingColumn("Kind", "PROBLEM"), ListingColumn("Repaired", "REPAIRED"), ListingColumn("Size", "SIZE"),
        ListingColumn("Sources", "SOURCES"),
    ]

    static func format(_ source: String) -> String {
        source == ListingFormat.defaultSource
            ? "table {{.Kind}}\t{{.Digest}}\t{{.Size}}\t{{.Images}}\t{{.Repaired}}\t{{.Detail}}" : source
    }

    func value(of column: String) -> TemplateValue? {
        switch column {
        case "Detail": .string(TerminalText.escaped(detail))
        case "Digest": .string(digest?.description ?? "")
        case "Images": .string(images.joined(separator: ", "))
        case "Kind": .string(kind.rawValue)
        case "Repaired": .string(isRepaired ? "yes" : "no")
        case "Size": .string(size.map { HumanSize.decimal($0) } ?? "")
        case "Sources": .string(sources.joined(separator: ", "))
        default: nil
        }
    }
}

extension ProblemRow {
    init(_ defect: BlobDefect, in store: ImageStore) throws {
        switch defect.kind {
        case .missing: self.init(kind: .missing)
        case .wrongSize(let size): self.init(kind: .damaged, detail: "the file has \(size) bytes")
        case .damaged(let actual): self.init(kind: .damaged, detail: "the content has digest \(actual)")
        }
        digest = defect.blob.digest
        size = defect.blob.size < 0 ? nil : defect.blob.size
        images = try defect.images.map { id in
            try store.image(id: id)?.references.first { $0.digest == nil }?.familiar ?? id.short
        }
        sources = defect.blob.sources.map { "\($0.host)/\($0.repository)" }
    }

    /// An image of a lost catalog; without a failure it is back.
    init(_ lost: LostImage, failure: String?) {
        self.init(
            kind: .lost, images: [lost.name], sources: lost.sources.map { "\($0.host)/\($0.repository)" },
            detail: failure ?? "", isRepaired: failure == nil)
    }
}
