// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine
import Foundation
import OCI

@testable import DockerCLI
@testable import ImageStore

/// A verb whose work on the store is replaced by the answer of a made-up engine; what it prints goes through the code
/// that the real verb prints with.
struct SimulatedVerb: Sendable {
    /// A failure of the made-up engine.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let command: String
    let answer: UncheckedBox
    let now: Timestamp

    /// An answer without content is that of an empty store, which the real verb gives too.
    /// The exception is `images`: docker 29 shows an empty list in its own view.
    static func applies(to answer: [String: Any], of command: String) -> Bool {
        if command == "images", answer["items"] != nil { return true }
        if ["tag", "inspect", "import"].contains(where: command.hasSuffix) { return true }
        let content = answer.filter { !["config", "filters", "changes_sent"].contains($0.key) }
        return !content.isEmpty && !content.allSatisfy { isEmpty($0.value) }
    }

    private static func isEmpty(_ value: Any) -> Bool {
        if let list = value as? [Any] { return list.isEmpty }
        guard let report = value as? [String: Any] else { return false }
        return report.allSatisfy { ($0.value as? NSNumber)?.intValue == 0 || isEmpty($0.value) }
    }

    func run(_ options: NamedOptions, _ context: Context) throws -> ExitCode {
        if let text = failure(in: answer.value) { throw Failure(description: text) }
        switch command.split(separator: " ").suffix(2).joined(separator: " ") {
        case "image rm", "image remove", "rmi": return try removeImages(options, context)
        case "image load", "load", "image push", "push", "image import", "import": return try stream(options, context)
        case "image save", "save": context.out.write(answer.value["stream"] as? String ?? "")
        case "image history", "history": try history(options, context)
        case "image inspect": return try inspect(options, context)
        case "images", "image ls", "image list": try images(options, context)
        case "container diff", "diff": try changes(context)
        case "container ls", "container list", "container ps", "ps": try containers(options, context)
        case "container rm", "rm", "volume rm": return try removeContainers(options, context)
        case "volume ls": try volumes(options, context)
        case "volume create": context.out.print(answer.value["created"] as? String ?? "")
        case "image tag", "tag": break
        case let verb where verb.hasSuffix("prune"): try prune(options, context)
        default: throw Failure(description: "no simulation of \(command)")
        }
        return .success
    }

    /// The text of an error that the answer, or the part of it for one object, consists of.
    func failure(in value: Any?) -> String? {
        guard let object = value as? [String: Any], let kind = object["error"] as? String else {
            return value as? String
        }
        return object["text"] as? String ?? kind
    }

    private func removeImages(_ options: NamedOptions, _ context: Context) throws -> ExitCode {
        // Made-up IDs stand for digests, which only the lines below show.
        var names: [String: String] = [:]
        let results = options.parsed.arguments.map { name -> Result<Removal, any Error> in
            if let text = failure(in: answer.value[name]) {
                let isMissing = (answer.value[name] as? [String: Any])?["error"] as? String == "not found"
                return .failure(isMissing ? StoreError.noSuchImage(name) : Failure(description: text))
            }
            let items = answer.value[name] as? [[String: String]] ?? []
            return .success(Removal(records: items.flatMap { Self.records($0, &names) }, freed: FreedSpace()))
        }
        let captured = OutputCapture()
        let code = try captured.context(like: context) {
            try $0.printRemovals(results, isForced: options.isSet("force"))
        }
        context.out.write(Self.restored(captured.text, names))
        return code
    }

    private static func restored(_ text: String, _ names: [String: String]) -> String {
        names.reduce(text) { $0.replacing($1.key, with: $1.value) }
    }

    private static func records(_ item: [String: String], _ names: inout [String: String]) -> [RemovalRecord] {
        var records: [RemovalRecord] = []
        if let name = item["Untagged"] { records.append(.untagged(name)) }
        if let id = item["Deleted"] { records.append(.deleted(standIn(id, &names))) }
        return records
    }

    private static func standIn(_ id: String, _ names: inout [String: String]) -> Digest {
        if let digest = try? Digest(parsing: id) { return digest }
        let digest = Digest(words: (0, 0, 0, id.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }))
        names[digest.description] = id
        return digest
    }

    private func stream(_ options: NamedOptions, _ context: Context) throws -> ExitCode {
        if command.hasSuffix("push"), let name = options.parsed.arguments.first {
            let reference = try Reference(transferring: name, allTags: options.isSet("all-tags"))
            if reference.isNameOnly, !options.isSet("all-tags"), !options.isSet("quiet") {
                context.out.print("Using default tag: latest")
            }
        }
        if let sent = answer.value["changes_sent"] as? [String] {
            let changes: [String] = options.value("change", default: [])
            guard changes == sent else { throw Failure(description: "sends \(changes)") }
        }
        let text = answer.value["stream"] as? String ?? ""
        let printer = try ProgressPrinter(options.isSet("quiet") ? .none : .plain, context: context)
        for line in text.split(separator: "\n") {
            guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
                context.out.write(String(line) + (text.hasSuffix("\n") ? "\n" : ""))
                continue
            }
            let members = Dictionary(object.map { ($0.key.lowercased(), $0.value) }) { first, _ in first }
            if let failure = members["error"] as? String { throw Failure(description: failure) }
            let status = members["status"] as? String ?? members["stream"] as? String ?? ""
            printer.report(.message(id: members["id"] as? String, status))
        }
        printer.finish()
        if command.hasSuffix("push"), options.isSet("quiet"), let name = options.parsed.arguments.first {
            context.out.print(try Reference(transferring: name, allTags: false).transferredName(allTags: false))
        }
        return .success
    }
}
