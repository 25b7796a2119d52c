// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import ImageStore
import OCI

extension Command {
    /// `docker image tag`, `docker tag`.
    static var imageTag: Command {
        Command(
            "tag", usage: "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]",
            "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE", arguments: .exactly(2), interspersed: false,
            paths: ["image tag", "tag"]
        ) { _ in
            .local { parsed, context in
                try checkTagSource(parsed.arguments[0])
                let target = try tagTarget(parsed.arguments[1])
                let store = try context.openStore()
                try store.tag(parsed.arguments[0], as: target)
                return .success
            }
        }
    }

    /// An image's ID, or a name as docker's client checks it.
    private static func checkTagSource(_ text: String) throws {
        if (try? Digest(parsing: text)) != nil || (try? Digest(hex: text)) != nil { return }
        _ = try reference(text)
    }

    private static func reference(_ text: String) throws -> Reference {
        do {
            return try Reference(normalizing: text)
        } catch {
            throw StatusError(
                "Error parsing reference: \(GoQuote.quoted(text)) is not a valid repository/tag: \(error)")
        }
    }

    /// The name to give, checked as docker's client checks it.
    static func tagTarget(_ text: String) throws -> Reference {
        let target = try reference(text)
        guard target.digest == nil else { throw StatusError("refusing to create a tag with a digest reference") }
        return target.withDefaultTag()
    }
}
