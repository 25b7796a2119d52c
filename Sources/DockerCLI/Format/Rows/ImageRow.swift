// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate

/// A row of `image ls`, and of the images of `system df -v`: an image under one of its names.
struct ImageRow: ListingRow {
    static let none = "<none>"

    var image: ImageListing
    var repository = Self.none
    var tag = Self.none
    var digest = Self.none
    var style: RowStyle

    var goTypeName: String { "*formatter.imageContext" }

    static let columns = [
        ListingColumn("Containers", "CONTAINERS"), ListingColumn("CreatedAt", "CREATED AT"),
        ListingColumn("CreatedSince", "CREATED"), ListingColumn("Digest", "DIGEST"), ListingColumn("ID", "IMAGE ID"),
        ListingColumn("Repository", "REPOSITORY"), ListingColumn("SharedSize", "SHARED SIZE"),
        ListingColumn("Size", "SIZE"), ListingColumn("Tag", "TAG"), ListingColumn("UniqueSize", "UNIQUE SIZE"),
        ListingColumn("VirtualSize", "SIZE"),
    ]

    func value(of column: String) -> TemplateValue? {
        text(of: column).map { .string($0) }
    }

    private func text(of column: String) -> String? {
        switch column {
        case "ID": style.id(image.id)
        case "Repository": repository
        case "Tag": tag
        case "Digest": digest
        case "CreatedSince": image.created == .zero ? "" : style.ago(image.created)
        case "CreatedAt": style.date(image.created)
        case "Size": HumanSize.decimal(image.size, digits: 3)
        case "VirtualSize": HumanSize.decimal(image.size)
        case "Containers": image.containers.map(String.init) ?? "N/A"
        case "SharedSize": image.sharedSize.map { HumanSize.decimal($0) } ?? "N/A"
        case "UniqueSize": uniqueSize
        default: nil
        }
    }

    private var uniqueSize: String {
        guard let shared = image.sharedSize else { return "N/A" }
        return HumanSize.decimal(image.size - shared)
    }
}
