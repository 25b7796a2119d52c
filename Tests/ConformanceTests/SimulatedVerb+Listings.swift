// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine
import Foundation
import GoTemplate
import ImageStore
import OCI

@testable import DockerCLI

extension SimulatedVerb {
    private var items: [[String: Any]] { answer.value["items"] as? [[String: Any]] ?? [] }

    private func adapter(truncates: Bool) -> FormatterAdapter {
        FormatterAdapter(now: now, truncates: truncates)
    }

    func history(_ options: NamedOptions, _ context: Context) throws {
        let isHuman = options.value("human", default: true)
        let adapter = adapter(truncates: !options.isSet("no-trunc"))
        let format = options.text("format")
        let source = HistoryStepRow.format(
            format.isEmpty ? ListingFormat.defaultSource : format, quiet: options.isSet("quiet"), isHuman: isHuman)
        let rows = try items.map { try adapter.historyStep($0, isHuman: isHuman) }
        context.out.write(try ListingFormat(source).text(rows))
    }

    func images(_ options: NamedOptions, _ context: Context) throws {
        // The same declarations give handles that fit the parsed values.
        var flags = FlagSet()
        let request = try ImageListFlags(&flags).request(options.parsed, context)
        defer { if items.isEmpty { context.hintSubcommand(request.pattern, options.parsed) } }
        let filters: [NamedValue] = options.value("filter", default: [])
        let isDanglingWanted = filters.contains(NamedValue("dangling", "true"))
        let isDefault =
            request.format.source == ImageFormat(ListingFormat.defaultSource, quiet: false, showsDigests: false).source
        var params: [String: Any] = ["all": options.isSet("all") || isDanglingWanted]
        // docker 29 shows by default what is our `--tree`, with a line for each tag.
        if isDefault, !options.isSet("no-trunc"), !options.isSet("digests") || request.showsTree {
            params["tree"] = request.showsTree
            let view = FormatterCase(entry: ["kind": "tree", "params": params, "input": items], now: now)
            context.out.write(view.output() ?? "")
            return
        }
        let adapter = adapter(truncates: request.truncates)
        let rows = try items.flatMap {
            ImageRow.rows(of: try adapter.image($0), format: request.format, style: adapter.style)
        }
        context.out.write(try ListingFormat(request.format.source).text(rows))
    }

    /// docker 29 sends an object without members that have no value; the client's struct has them again.
    func inspect(_ options: NamedOptions, _ context: Context) throws -> ExitCode {
        try context.inspect(options.parsed.arguments, format: options.text("format")) { name in
            if let text = failure(in: answer.value[name]) { throw Failure(description: text) }
            let given = answer.value[name] as? [String: Any] ?? [:]
            let zero: [(String, JSONValue)] = [
                ("Id", .string("")), ("RepoTags", .null), ("RepoDigests", .null), ("Config", .null),
                ("Architecture", .string("")), ("Os", .string("")), ("Size", .integer(0)), ("RootFS", .object([])),
                ("Metadata", .object([.init("LastTagTime", .string("0001-01-01T00:00:00Z"))])),
            ]
            let data = try JSONSerialization.data(withJSONObject: given)
            let parsed = try JSONParser.parse(Array(data))
            let raw = JSONValue.object(zero.map { .init($0.0, parsed[$0.0] ?? $0.1) })
            let typed = StructBuilder.inspectedImage(given)
            return InspectedObject(typed: typed, raw: raw)
        }
    }

    func changes(_ context: Context) throws {
        let adapter = adapter(truncates: false)
        for change in (answer.value["changes"] as? [[String: Any]] ?? []).map(adapter.change) {
            context.out.print("\(change.kind.letter) \(change.path)")
        }
    }

    func containers(_ options: NamedOptions, _ context: Context) throws {
        var source = options.text("format")
        if source.isEmpty, !options.isSet("quiet") { source = try context.clientConfig().psFormat ?? "" }
        let style = adapter(truncates: false).style
        if !source.isEmpty { _ = try ContainerFormatProbe.run(source, style: style) }
        let expanded = ContainerFormat.expanded(source, quiet: options.isSet("quiet"), showsSize: options.isSet("size"))
        let adapter = adapter(truncates: !options.isSet("no-trunc"))
        context.out.write(try ListingFormat(expanded).text(try items.map(adapter.container)))
    }

    func removeContainers(_ options: NamedOptions, _ context: Context) throws -> ExitCode {
        let isForced = options.isSet("force")
        var failures: [String] = []
        for name in options.parsed.arguments {
            guard let text = failure(in: answer.value[name]) else {
                context.out.print(name)
                continue
            }
            let isMissing = text.lowercased().contains("no such container")
            if !isForced || !isMissing { failures.append(text) }
        }
        guard failures.isEmpty else { throw StatusError(failures.joined(separator: "\n")) }
        return .success
    }

    func volumes(_ options: NamedOptions, _ context: Context) throws {
        let format = options.text("format")
        let source = VolumeRow.format(
            format.isEmpty ? ListingFormat.defaultSource : format, quiet: options.isSet("quiet"))
        let sorted = items.sorted { ($0["Name"] as? String ?? "") < ($1["Name"] as? String ?? "") }
        context.out.write(try ListingFormat(source).text(sorted.map(adapter(truncates: false).volume)))
    }

    /// The report goes through the sections of `image prune`.
    func prune(_ options: NamedOptions, _ context: Context) throws {
        if !options.isSet("force") { try context.confirm(try pruneWarning(options, context)) }
        let report = answer.value["report"] as? [String: Any] ?? [:]
        for (title, key) in [("Deleted Images:", "ImagesDeleted"), ("Deleted Containers:", "ContainersDeleted")] {
            let lines = (report[key] as? [Any] ?? []).flatMap(Self.lines)
            guard !lines.isEmpty else { continue }
            context.out.print(([title] + lines).joined(separator: "\n") + "\n")
        }
        context.printReclaimed((report["SpaceReclaimed"] as? NSNumber)?.int64Value ?? 0, isDryRun: false)
    }

    private func pruneWarning(_ options: NamedOptions, _ context: Context) throws -> String {
        var flags = FlagSet()
        switch command {
        case "image prune": return ImagePruneFlags(&flags).warning(options.parsed)
        case "system prune":
            return SystemPruneRequest(
                all: options.isSet("all"), volumes: options.isSet("volumes"), isDryRun: false,
                conditions: try context.pruneConditions(options.value("filter", default: []))
            ).warning
        default: return "WARNING! This will remove all stopped containers."
        }
    }

    private static func lines(_ item: Any) -> [String] {
        if let id = item as? String { return [id] }
        let item = item as? [String: String] ?? [:]
        return [item["Untagged"].map { "untagged: \($0)" }, item["Deleted"].map { "deleted: \($0)" }].compactMap { $0 }
    }
}

extension StructBuilder {
    /// The fields of docker's image.InspectResponse that a test has formats of.
    fileprivate static func inspectedImage(_ object: [String: Any]) -> TemplateValue {
        var builder = StructBuilder()
        for (field, key) in [("ID", "Id"), ("Architecture", "Architecture"), ("Os", "Os"), ("Author", "Author")] {
            builder.add(field, object[key] as? String ?? "", json: key)
        }
        return builder.value("image.InspectResponse")
    }
}
