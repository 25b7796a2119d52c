// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate

/// A row of the build cache of `system df -v`. Nothing here builds, so only templates over other records have rows.
struct BuildCacheRow: ListingRow {
    var id: String
    var parents: [String] = []
    var type = ""
    var description = ""
    var isInUse = false
    var isShared = false
    /// Bytes.
    var size: Int64 = 0
    var created: Timestamp
    var lastUsed: Timestamp?
    var usageCount = 0
    var style: RowStyle

    var goTypeName: String { "*formatter.buildCacheContext" }

    static let columns = [
        ListingColumn("CacheType", "CACHE TYPE"), ListingColumn("CreatedAt", nil),
        ListingColumn("CreatedSince", "CREATED"), ListingColumn("Description", nil), ListingColumn("ID", "CACHE ID"),
        ListingColumn("InUse", "IN USE"), ListingColumn("LastUsedAt", nil), ListingColumn("LastUsedSince", "LAST USED"),
        ListingColumn("Parent", "PARENT"), ListingColumn("Shared", "SHARED"), ListingColumn("Size", "SIZE"),
        ListingColumn("UsageCount", "USAGE"),
    ]

    static let raw = """
        build_cache_id: {{.ID}}
        parent_id: {{.Parent}}
        build_cache_type: {{.CacheType}}
        description: {{.Description}}
        created_at: {{.CreatedAt}}
        created_since: {{.CreatedSince}}
        last_used_at: {{.LastUsedAt}}
        last_used_since: {{.LastUsedSince}}
        usage_count: {{.UsageCount}}
        in_use: {{.InUse}}
        shared: {{.Shared}}

        """

    func value(of column: String) -> TemplateValue? {
        text(of: column).map { .string($0) }
    }

    private func text(of column: String) -> String? {
        switch column {
        case "ID": style.id(id) + (isInUse ? "*" : "")
        case "Parent": style.id(parents.joined(separator: ", "))
        case "CacheType": type
        case "Description": style.foreign(description)
        case "Size": HumanSize.decimal(size, digits: 3)
        case "CreatedAt": created.goString(in: .utc)
        case "CreatedSince": style.ago(created)
        case "LastUsedAt": lastUsed?.goString(in: .utc) ?? ""
        case "LastUsedSince": lastUsed.map(style.ago) ?? ""
        case "UsageCount": String(usageCount)
        case "InUse": String(isInUse)
        case "Shared": String(isShared)
        default: nil
        }
    }
}
