// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate

/// A row of `volume ls`, and of the volumes of `system df -v`.
struct VolumeRow: ListingRow {
    /// What only `system df` counts.
    struct Usage: Hashable, Sendable {
        /// Bytes; -1 when it isn't known.
        var size: Int64
        /// Containers that have the volume.
        var links: Int
    }

    var name: String
    var driver: String
    var scope = ""
    var mountpoint = ""
    var labels: [String: String] = [:]
    var usage: Usage?
    var style: RowStyle

    /// What only volumes of a swarm have.
    private static let notApplicable = "N/A"

    var goTypeName: String { "*formatter.volumeContext" }

    static let columns = [
        ListingColumn("Availability", "AVAILABILITY"), ListingColumn("Driver", "DRIVER"),
        ListingColumn("Group", "GROUP"), ListingColumn("Labels", "LABELS"), ListingColumn("Links", "LINKS"),
        ListingColumn("Mountpoint", "MOUNTPOINT"), ListingColumn("Name", "VOLUME NAME"),
        ListingColumn("Scope", "SCOPE"), ListingColumn("Size", "SIZE"), ListingColumn("Status", "STATUS"),
    ]

    static func format(_ source: String, quiet: Bool) -> String {
        switch source {
        case ListingFormat.defaultSource: quiet ? "{{.Name}}" : "table {{.Driver}}\t{{.Name}}"
        case ListingFormat.raw: quiet ? "name: {{.Name}}" : "name: {{.Name}}\\ndriver: {{.Driver}}\\n"
        default: source
        }
    }

    var label: (@Sendable (_ key: String) -> String)? {
        { [labels, style] key in style.foreign(labels[key] ?? "") }
    }

    func value(of column: String) -> TemplateValue? {
        text(of: column).map { .string($0) }
    }

    private func text(of column: String) -> String? {
        switch column {
        case "Name": style.foreign(name)
        case "Driver": style.foreign(driver)
        case "Scope": scope
        case "Mountpoint": style.foreign(mountpoint)
        case "Labels": style.foreign(ContainerRow.joined(labels))
        case "Links": usage.map { String($0.links) } ?? Self.notApplicable
        case "Size": usage.map { HumanSize.decimal($0.size) } ?? Self.notApplicable
        case "Group", "Availability", "Status": Self.notApplicable
        default: nil
        }
    }
}
