// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation

@testable import DockerCLI

/// A case of docker-formatter.json: objects, a format, and what docker prints.
struct FormatterCase {
    let entry: [String: Any]
    let now: Timestamp

    var id: String { entry["id"] as? String ?? "?" }
    var wanted: String { (entry["expected"] ?? entry["error"]) as? String ?? "" }
    private var params: [String: Any] { entry["params"] as? [String: Any] ?? [:] }
    private var objects: [[String: Any]] { entry["input"] as? [[String: Any]] ?? [] }

    private func flag(_ name: String, default value: Bool = false) -> Bool {
        params[name] as? Bool ?? value
    }

    /// What our rows give, an error's text included; nil for a kind without rows here.
    func output() -> String? {
        do {
            return try rendered()
        } catch {
            return "\(error)"
        }
    }

    /// The format as a user gives it, or as docker's own code expands it.
    private func format(_ expand: (String) -> String) -> String {
        params["expanded"] as? String ?? expand(params["format"] as? String ?? "")
    }

    private func rendered() throws -> String? {
        let adapter = FormatterAdapter(now: now, truncates: flag("trunc", default: false))
        switch entry["kind"] as? String {
        case "images": return try images(adapter)
        case "history":
            let source = format { HistoryStepRow.format($0, quiet: flag("quiet"), isHuman: flag("human")) }
            return try text(source, objects.map { try adapter.historyStep($0, isHuman: flag("human")) })
        case "diff": return try text(format(ChangeRow.format), objects.map(adapter.change))
        case "containers":
            let source = format {
                ContainerFormat.expanded($0, quiet: flag("quiet"), showsSize: flag("size"))
            }
            return try text(source, objects.map(adapter.container))
        case "volumes":
            return try text(format { VolumeRow.format($0, quiet: flag("quiet")) }, objects.map(adapter.volume))
        case "disk-usage": return try diskUsage()
        case "tree": return ImageTree(ImageTree.sorted(try objects.flatMap { try nodes($0, adapter) })).text
        case "tree-view": return ImageTree(objects.map(Self.node)).text
        case "display-ports": return PublishedPort.text(adapter.ports(entry["input"]))
        default: return nil
        }
    }

    /// Why the case does not apply; nil when it does.
    var reasonToLeaveOut: String? {
        guard entry["kind"] as? String == "images", params["all"] as? Bool == false else { return nil }
        return "docker 29 hides untagged images without --all, docker 28 does not"
    }

    private func images(_ adapter: FormatterAdapter) throws -> String {
        let given = format { $0 }
        let format =
            params["expanded"] != nil
            ? ImageFormat(expanded: given, showsDigests: flag("digests"))
            : ImageFormat(given, quiet: flag("quiet"), showsDigests: flag("digests"))
        let rows = try objects.flatMap { object in
            let image = try adapter.image(object)
            // No row for an image all of whose names are malformed; a store has none.
            let isMalformed = image.isDangling && !FormatterAdapter.isNameless(object)
            return isMalformed ? [] : ImageRow.rows(of: image, format: format, style: adapter.style)
        }
        return try text(format.source, rows)
    }

    private func diskUsage() throws -> String {
        let input = entry["input"] as? [String: Any] ?? [:]
        guard flag("verbose") else {
            let adapter = FormatterAdapter(now: now, truncates: false)
            return try text(format(UsageRow.format), adapter.usage(input))
        }
        let source = format { $0 }
        let adapter = FormatterAdapter(now: now, truncates: source.hasPrefix("table"))
        return String(decoding: try adapter.usageReport(input).text(format: source), as: UTF8.self)
    }

    /// The nodes of an image: itself with `--tree`, else one for each tag, as docker 29 lists images.
    private func nodes(_ object: [String: Any], _ adapter: FormatterAdapter) throws -> [ImageTree.Node] {
        let image = try adapter.image(object)
        let manifests = adapter.objects(object["Manifests"])
        let content = manifests.reduce(0) { $0 + (($1["Size"] as? [String: Int])?["Content"] ?? 0) }
        let isUsed = manifests.contains { manifest in
            ((manifest["ImageData"] as? [String: Any])?["Containers"] as? [String])?.isEmpty == false
        }
        let node = ImageTree.Node(
            names: image.tags.map { "\($0.repository):\($0.suffix)" }, id: image.id,
            diskUsage: HumanSize.decimal(image.size, digits: 3), contentSize: HumanSize.decimal(content, digits: 3),
            isInUse: isUsed || (image.containers ?? 0) > 0)
        if flag("tree") { return [node] }
        if node.names.isEmpty { return flag("all") ? [node] : [] }
        return node.names.map { name in
            var single = node
            single.names = [name]
            return single
        }
    }

    /// A node as docker's own test has it, ready to print.
    private static func node(_ object: [String: Any]) -> ImageTree.Node {
        let details = object["Details"] as? [String: Any] ?? [:]
        let platform = (object["Platform"] as? String).map { [$0] }
        return ImageTree.Node(
            names: object["Names"] as? [String] ?? platform ?? [], id: details["ID"] as? String ?? "",
            diskUsage: details["DiskUsage"] as? String ?? "", contentSize: details["ContentSize"] as? String ?? "",
            isInUse: details["InUse"] as? Bool ?? false,
            children: (object["Children"] as? [[String: Any]] ?? []).map(node))
    }

    private func text(_ source: String, _ rows: [some ListingRow]) throws -> String {
        String(decoding: try ListingFormat(source).text(rows), as: UTF8.self)
    }

    func isExpected(_ actual: String) -> Bool {
        if let lines = entry["expected_sorted_lines"] as? [String] {
            return Self.lines(actual).sorted() == lines.sorted()
        }
        return adjusted(actual) == adjusted(wanted)
    }

    private static func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// Without the members that only one of the versions 28 and 29 has, and with the name of docker's package: the tool
    /// that computed the cases had to rename it.
    private func adjusted(_ text: String) -> String {
        text.replacing(/,"VirtualSize":"[^"]*"/, with: "").replacing("*imageh.", with: "*image.")
            .replacing(/"HealthStatus":"[^"]*",/, with: "")
    }
}
