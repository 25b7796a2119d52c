// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate
import OCI

/// A row of `ps`, and of the containers of `system df -v`.
struct ContainerRow: ListingRow {
    private static let commandColumns = 20
    private static let mountColumns = 15

    var container: ContainerListing
    var style: RowStyle

    var goTypeName: String { "*formatter.ContainerContext" }

    static let columns = [
        ListingColumn("Command", "COMMAND"), ListingColumn("CreatedAt", "CREATED AT"),
        ListingColumn("ID", "CONTAINER ID"), ListingColumn("Image", "IMAGE"), ListingColumn("Labels", "LABELS"),
        ListingColumn("LocalVolumes", "LOCAL VOLUMES"), ListingColumn("Mounts", "MOUNTS"),
        ListingColumn("Names", "NAMES"), ListingColumn("Networks", "NETWORKS"), ListingColumn("Platform", "PLATFORM"),
        ListingColumn("Ports", "PORTS"), ListingColumn("RunningFor", "CREATED"), ListingColumn("Size", "SIZE"),
        ListingColumn("State", "STATE"), ListingColumn("Status", "STATUS"),
    ]

    var label: (@Sendable (_ key: String) -> String)? {
        { [labels = container.labels, style] key in style.foreign(labels[key] ?? "") }
    }

    func value(of column: String) -> TemplateValue? {
        if column == "Platform" {
            return container.platform.map { .object(PlatformField(platform: $0)) } ?? PlatformField.missing
        }
        return text(of: column).map { .string($0) }
    }

    private func text(of column: String) -> String? {
        switch column {
        case "ID": style.id(container.id)
        case "Names": style.foreign(names)
        case "Image": style.foreign(image)
        case "Command": GoQuote.quoted(style.short(container.command, columns: Self.commandColumns))
        case "CreatedAt": style.date(container.created)
        case "RunningFor": style.ago(container.created)
        case "Ports": PublishedPort.text(container.ports)
        case "State": container.state
        case "Status": container.status
        case "Size": size
        case "Labels": style.foreign(Self.joined(container.labels))
        case "Mounts": mounts
        case "LocalVolumes": String(container.mounts.count { $0.driver == "local" })
        case "Networks": container.networks.joined(separator: ",")
        default: nil
        }
    }

    /// `key=value`, sorted.
    static func joined(_ labels: [String: String]) -> String {
        labels.map { "\($0.key)=\($0.value)" }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .joined(separator: ",")
    }

    /// All names; the first that isn't a link's unless nothing is to be cut.
    private var names: String {
        let own = container.names.first { !$0.utf8.contains(UInt8(ascii: "/")) }
        if style.truncates, let own { return own }
        return container.names.joined(separator: ",")
    }

    private var image: String {
        if container.image.isEmpty { return "<no image>" }
        guard style.truncates else { return container.image }
        let short = Ellipsis.shortID(container.imageID)
        if short == Ellipsis.shortID(container.image) { return short }
        guard let reference = try? Reference(normalizing: container.image) else { return container.image }
        // The digest is for --no-trunc.
        return reference.familiarName + (reference.tag.map { ":" + $0 } ?? "")
    }

    private var size: String {
        let written = HumanSize.decimal(container.writtenSize, digits: 3)
        guard container.fileSystemSize > 0 else { return written }
        return "\(written) (virtual \(HumanSize.decimal(container.fileSystemSize, digits: 3)))"
    }

    private var mounts: String {
        container.mounts.map { mount in
            style.short(style.foreign(mount.name.isEmpty ? mount.source : mount.name), columns: Self.mountColumns)
        }.joined(separator: ",")
    }
}
