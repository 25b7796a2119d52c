// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import OCI

@testable import DockerCLI

/// Makes rows of the Engine API's objects in docker-formatter.json. A missing field is Go's zero value.
struct FormatterAdapter {
    let now: Timestamp
    var style: RowStyle

    init(now: Timestamp, truncates: Bool) {
        self.now = now
        style = RowStyle(now: now, zone: .utc, truncates: truncates)
    }

    /// A number of Unix seconds, an RFC 3339 text, or so many seconds before now.
    func time(_ value: Any?) throws -> Timestamp {
        switch value {
        case let text as String: return try Timestamp(rfc3339: text)
        case let number as NSNumber: return Timestamp(unixSeconds: number.int64Value)
        case let object as [String: Any]:
            guard let ago = (object["$ago"] ?? object["$ago_rfc3339"]) as? NSNumber else { return .zero }
            return Timestamp(unixSeconds: now.unixSeconds - ago.int64Value)
        default: return Timestamp(unixSeconds: 0)
        }
    }

    func image(_ object: [String: Any]) throws -> ImageListing {
        let isNameless = Self.isNameless(object)
        return ImageListing(
            id: object["Id"] as? String ?? "", tags: isNameless ? [] : names(object["RepoTags"]) { $0.tag },
            digests: isNameless ? [] : names(object["RepoDigests"]) { $0.digest?.description },
            created: try time(object["Created"]), size: integer(object["Size"]),
            sharedSize: optional(object["SharedSize"]), containers: optional(object["Containers"]).map { Int($0) })
    }

    /// Without names, or with what the engine of old API versions sends instead.
    static func isNameless(_ object: [String: Any]) -> Bool {
        let tags = object["RepoTags"] as? [String] ?? []
        let digests = object["RepoDigests"] as? [String] ?? []
        return tags.isEmpty && digests.isEmpty || tags == ["<none>:<none>"] && digests == ["<none>@<none>"]
    }

    private func names(_ list: Any?, suffix: (Reference) -> String?) -> [ImageListing.Name] {
        (list as? [String] ?? []).compactMap { text in
            guard let reference = try? Reference(normalizing: text), let suffix = suffix(reference) else { return nil }
            return ImageListing.Name(repository: reference.familiarName, suffix: suffix)
        }
    }

    func historyStep(_ object: [String: Any], isHuman: Bool) throws -> HistoryStepRow {
        HistoryStepRow(
            id: (object["Id"] ?? object["ID"]) as? String ?? "", created: try time(object["Created"]),
            createdBy: object["CreatedBy"] as? String ?? "", size: integer(object["Size"]),
            comment: object["Comment"] as? String ?? "", isHuman: isHuman, style: style)
    }

    func change(_ object: [String: Any]) -> ChangeRow {
        ChangeRow(
            kind: ChangeRow.Kind(rawValue: Int(integer(object["Kind"]))) ?? .changed,
            path: object["Path"] as? String ?? "", style: style)
    }

    func container(_ object: [String: Any]) throws -> ContainerRow {
        var container = ContainerListing(
            id: object["Id"] as? String ?? "", image: object["Image"] as? String ?? "",
            created: try time(object["Created"]))
        container.names = (object["Names"] as? [String] ?? []).map { String($0.dropFirst()) }
        container.imageID = object["ImageID"] as? String ?? ""
        container.command = object["Command"] as? String ?? ""
        container.ports = ports(object["Ports"])
        container.writtenSize = integer(object["SizeRw"])
        container.fileSystemSize = integer(object["SizeRootFs"])
        container.labels = object["Labels"] as? [String: String] ?? [:]
        container.state = object["State"] as? String ?? ""
        container.status = object["Status"] as? String ?? ""
        container.mounts = objects(object["Mounts"]).map { mount in
            ContainerListing.Mount(
                name: mount["Name"] as? String ?? "", source: mount["Source"] as? String ?? "",
                driver: mount["Driver"] as? String ?? "")
        }
        let settings = object["NetworkSettings"] as? [String: Any]
        container.networks = (settings?["Networks"] as? [String: Any] ?? [:]).keys.sorted()
        let descriptor = object["ImageManifestDescriptor"] as? [String: Any]
        container.platform = (descriptor?["platform"] as? [String: Any]).map { platform in
            Platform(
                os: platform["os"] as? String ?? "", architecture: platform["architecture"] as? String ?? "",
                variant: platform["variant"] as? String)
        }
        return ContainerRow(container: container, style: style)
    }

    func ports(_ list: Any?) -> [PublishedPort] {
        objects(list).map { port in
            PublishedPort(
                address: port["IP"] as? String ?? "", containerPort: Int(integer(port["PrivatePort"])),
                hostPort: Int(integer(port["PublicPort"])), transport: port["Type"] as? String ?? "")
        }
    }

    func volume(_ object: [String: Any]) -> VolumeRow {
        var row = VolumeRow(
            name: object["Name"] as? String ?? "", driver: object["Driver"] as? String ?? "", style: style)
        row.scope = object["Scope"] as? String ?? ""
        row.mountpoint = object["Mountpoint"] as? String ?? ""
        row.labels = object["Labels"] as? [String: String] ?? [:]
        row.usage = (object["UsageData"] as? [String: Any]).map {
            VolumeRow.Usage(size: integer($0["Size"]), links: Int(integer($0["RefCount"])))
        }
        return row
    }

    func cacheRecord(_ object: [String: Any]) throws -> BuildCacheRow {
        var row = BuildCacheRow(id: object["ID"] as? String ?? "", created: try time(object["CreatedAt"]), style: style)
        // The API's name of this field really starts with a space.
        row.parents = object[" Parents"] as? [String] ?? (object["Parent"] as? String).map { [$0] } ?? []
        row.type = object["Type"] as? String ?? ""
        row.description = object["Description"] as? String ?? ""
        row.isInUse = object["InUse"] as? Bool ?? false
        row.isShared = object["Shared"] as? Bool ?? false
        row.size = integer(object["Size"])
        row.lastUsed = try object["LastUsedAt"].map { try time($0) }
        row.usageCount = Int(integer(object["UsageCount"]))
        return row
    }

    /// The kinds of `system df` in the API of docker 29, which adds up in the engine.
    func usage(_ input: [String: Any]) -> [UsageRow] {
        let kinds: [(String, UsageRow.Kind)] = [
            ("Images", .images), ("Containers", .containers), ("Volumes", .volumes), ("BuildCache", .buildCache),
        ]
        return kinds.map { name, kind in
            let usage = input[name] as? [String: Any] ?? [:]
            return UsageRow(
                kind: kind, total: Int(integer(usage["TotalCount"])), active: Int(integer(usage["ActiveCount"])),
                size: integer(usage["TotalSize"]), reclaimable: integer(usage["Reclaimable"]))
        }
    }

    func usageReport(_ input: [String: Any]) throws -> UsageReport {
        func items(_ name: String) -> [[String: Any]] { objects((input[name] as? [String: Any])?["Items"]) }
        return UsageReport(
            images: try items("Images").map { ImageRow.usageRow(of: try image($0), style: style) },
            containers: try items("Containers").map { object in
                var row = try container(object)
                // Not shown here, as everything below is counted with the images.
                row.container.fileSystemSize = 0
                return row
            },
            volumes: items("Volumes").map(volume), buildCache: try items("BuildCache").map(cacheRecord),
            buildCacheSize: integer((input["BuildCache"] as? [String: Any])?["TotalSize"]))
    }

    func objects(_ list: Any?) -> [[String: Any]] {
        list as? [[String: Any]] ?? []
    }

    private func integer(_ value: Any?) -> Int64 {
        (value as? NSNumber)?.int64Value ?? 0
    }

    /// The API says -1 for what nobody counted.
    private func optional(_ value: Any?) -> Int64? {
        let number = integer(value)
        return number == -1 ? nil : number
    }
}
