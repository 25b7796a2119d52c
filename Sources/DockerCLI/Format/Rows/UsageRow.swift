// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate

/// A row of `system df`: how much one kind of object takes.
struct UsageRow: ListingRow {
    enum Kind: String, Sendable {
        case images = "Images"
        case containers = "Containers"
        case volumes = "Local Volumes"
        case buildCache = "Build Cache"
    }

    var kind: Kind
    var total = 0
    var active = 0
    /// Bytes, as `reclaimable`.
    var size: Int64 = 0
    var reclaimable: Int64 = 0

    var goTypeName: String {
        switch kind {
        case .images: "*formatter.diskUsageImagesContext"
        case .containers: "*formatter.diskUsageContainersContext"
        case .volumes: "*formatter.diskUsageVolumesContext"
        case .buildCache: "*formatter.diskUsageBuilderContext"
        }
    }

    static let columns = [
        ListingColumn("Active", "ACTIVE"), ListingColumn("Reclaimable", "RECLAIMABLE"), ListingColumn("Size", "SIZE"),
        ListingColumn("TotalCount", "TOTAL"), ListingColumn("Type", "TYPE"),
    ]

    static func format(_ source: String) -> String {
        switch source {
        case ListingFormat.defaultSource:
            "table {{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}"
        case ListingFormat.raw:
            "type: {{.Type}}\ntotal: {{.TotalCount}}\nactive: {{.Active}}\nsize: {{.Size}}\n"
                + "reclaimable: {{.Reclaimable}}\n"
        default: source
        }
    }

    func value(of column: String) -> TemplateValue? {
        switch column {
        case "Type": .string(kind.rawValue)
        case "TotalCount": .string(String(total))
        case "Active": .string(String(active))
        case "Size": .string(HumanSize.decimal(size))
        case "Reclaimable": .string(reclaimableText)
        default: nil
        }
    }

    private var reclaimableText: String {
        let text = HumanSize.decimal(reclaimable)
        guard size > 0, kind != .buildCache else { return text }
        let (hundredfold, overflows) = reclaimable.multipliedReportingOverflow(by: 100)
        return "\(text) (\(overflows ? reclaimable / (size / 100) : hundredfold / size)%)"
    }
}
