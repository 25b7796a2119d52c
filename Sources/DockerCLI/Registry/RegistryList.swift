// SPDX-License-Identifier: Apache-2.0
import OCI
import RegistryClient

extension Command {
    /// `registry ls REPOSITORY`: the tags that a registry has, one a line.
    static var registryList: Command {
        Command(
            "ls", usage: "REPOSITORY", "List the tags of a repository in its registry", arguments: .exactly(1),
            aliases: ["list"]
        ) { _ in
            .network { parsed, context in
                let reference = try Reference(normalizing: parsed.arguments[0])
                guard reference.isNameOnly else {
                    throw StatusError("\(parsed.arguments[0]) names an image: give the repository alone")
                }
                let tags = try await context.withRegistry { registry, _ in
                    try await naming(reference) { try await registry.tags(of: reference.repository) }
                }
                for tag in tags { context.out.print(tag) }
                return .success
            }
        }
    }
}
