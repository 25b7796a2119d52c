// SPDX-License-Identifier: Apache-2.0
import OCI
import RegistryClient

extension Command {
    /// `registry rm REFERENCE…`: removes tags or, by digest, manifests with all their tags.
    static var registryRemove: Command {
        Command(
            "rm", usage: "[OPTIONS] NAME:TAG|NAME@DIGEST [NAME:TAG|NAME@DIGEST...]",
            "Remove tags or manifests from a registry", arguments: .atLeast(1), aliases: ["remove"]
        ) { flags in
            let force = flags.bool(
                "force", short: "f", "Where a tag can't be removed alone, remove its manifest with all its tags")
            return .network { parsed, context in
                let references = try parsed.arguments.map { try Reference(normalizing: $0) }
                for reference in references where reference.isNameOnly {
                    throw StatusError("\(reference.familiar) needs a tag or a digest: nothing was removed")
                }
                try await context.withRegistry { registry, _ in
                    for reference in references {
                        let line = try await naming(reference) {
                            try await remove(reference, force: parsed[force], registry)
                        }
                        context.out.print(line)
                    }
                }
                return .success
            }
        }
    }

    /// - Returns: the line that says what was removed.
    private static func remove(
        _ reference: Reference, force: Bool, _ registry: RegistryClient
    ) async throws -> String {
        let repository = reference.repository
        if reference.digest == nil, let tag = reference.tag {
            if try await registry.deleteTag(tag, in: repository) { return "Untagged: \(reference.familiar)" }
        }
        let digest = try await registry.resolve(reference).digest
        guard reference.digest != nil || force else {
            throw StatusError(
                "\(repository.domain) can't remove a tag alone: use --force to remove the manifest \(digest) with all "
                    + "its tags")
        }
        try await registry.deleteManifest(digest, in: repository)
        return "Deleted: \(repository.familiar)@\(digest)"
    }
}
