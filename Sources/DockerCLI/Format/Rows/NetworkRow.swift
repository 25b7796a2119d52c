// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate

/// A row of `network ls`.
struct NetworkRow: ListingRow {
    var network: BuiltInNetwork
    var style: RowStyle

    var goTypeName: String { "*network.networkContext" }

    static let columns = [
        ListingColumn("CreatedAt", "CREATED AT"), ListingColumn("Driver", "DRIVER"), ListingColumn("ID", "NETWORK ID"),
        ListingColumn("IPv4", "IPV4"), ListingColumn("IPv6", "IPV6"), ListingColumn("Internal", "INTERNAL"),
        ListingColumn("Labels", "LABELS"), ListingColumn("Name", "NAME"), ListingColumn("Scope", "SCOPE"),
    ]

    static func format(_ source: String, quiet: Bool) -> String {
        switch source {
        case ListingFormat.defaultSource:
            quiet ? "{{.ID}}" : "table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}"
        case ListingFormat.raw:
            quiet
                ? "network_id: {{.ID}}"
                : "network_id: {{.ID}}\\nname: {{.Name}}\\ndriver: {{.Driver}}\\nscope: {{.Scope}}\\n"
        default: source
        }
    }

    var label: (@Sendable (_ key: String) -> String)? {
        { _ in "" }
    }

    func value(of column: String) -> TemplateValue? {
        text(of: column).map { .string($0) }
    }

    private func text(of column: String) -> String? {
        switch column {
        case "ID": style.id(network.id)
        case "Name": network.name
        case "Driver": network.driver
        case "Scope": "local"
        case "IPv4": "true"
        case "IPv6", "Internal": "false"
        case "Labels": ""
        case "CreatedAt": Timestamp.zero.goString(in: .utc)
        default: nil
        }
    }
}
