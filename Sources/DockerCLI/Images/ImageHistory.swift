// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine
import ImageStore
import OCI

extension Command {
    /// `docker image history`, `docker history`.
    static var imageHistory: Command {
        Command(
            "history", usage: "[OPTIONS] IMAGE", "Show the history of an image", arguments: .exactly(1),
            paths: ["image history", "history"]
        ) { flags in
            let format = flags.string("format", FormatHelp.listing)
            let human = flags.bool(
                "human", short: "H", default: true, "Print sizes and dates in human readable format")
            let noTrunc = flags.bool("no-trunc", "Don't truncate output")
            let platform = flags.string(
                "platform",
                "Show history for the given platform. Formatted as \"os[/arch[/variant]]\" (e.g., \"linux/amd64\")")
            let quiet = flags.bool("quiet", short: "q", "Only show image IDs")
            return .local { parsed, context in
                let wanted = try parsedPlatform(parsed[platform])
                let store = try context.openStore()
                let image = try InspectImage(store, platform: wanted).find(parsed.arguments[0])
                let style = RowStyle(context, truncates: !parsed[noTrunc])
                let rows = try store.history(of: image.id).map {
                    HistoryStepRow($0, isHuman: parsed[human], style: style)
                }
                let source = parsed[format].isEmpty ? ListingFormat.defaultSource : parsed[format]
                let expanded = HistoryStepRow.format(source, quiet: parsed[quiet], isHuman: parsed[human])
                context.out.write(try ListingFormat(expanded).text(rows))
                return .success
            }
        }
    }

    /// `--platform` where docker's client reads it itself; nil when it isn't given.
    static func parsedPlatform(_ text: String) throws -> Platform? {
        do { return try plainPlatform(text) } catch { throw StatusError("invalid platform: \(error)") }
    }

    /// The same of the verbs that don't say what is invalid.
    static func plainPlatform(_ text: String) throws -> Platform? {
        text.isEmpty ? nil : try Platform(parsing: text)
    }
}

extension HistoryStepRow {
    init(_ step: HistoryRow, isHuman: Bool, style: RowStyle) {
        let created = step.created.flatMap { try? Timestamp(rfc3339: $0) }
        self.init(
            id: step.imageID?.description ?? "<missing>",
            // Without a time the API gives that of Go's zero value.
            created: Timestamp(unixSeconds: (created ?? .zero).unixSeconds), createdBy: step.createdBy, size: step.size,
            comment: step.comment, isHuman: isHuman, style: style)
    }
}
