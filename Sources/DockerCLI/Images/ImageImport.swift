// SPDX-License-Identifier: Apache-2.0
import Containers
import Engine
import ImageStore
import OCI
import RegistryClient

extension Command {
    /// `docker image import`, `docker import`.
    static var imageImport: Command {
        Command(
            "import", usage: "[OPTIONS] file|URL|- [REPOSITORY[:TAG]]",
            "Import the contents from a tarball to create a filesystem image", arguments: .atLeast(1),
            paths: ["image import", "import"]
        ) { flags in
            let changes = flags.list("change", short: "c", "Apply Dockerfile instruction to the created image")
            let message = flags.string("message", short: "m", "Set commit message for imported image")
            let platform = flags.string("platform", "Set platform if server is multi-platform capable")
            return .local { parsed, context in
                let source = ImportSource(parsed.arguments[0])
                let name = parsed.arguments.count > 1 ? parsed.arguments[1] : ""
                var request = ImportRequest(
                    origin: source.origin, reference: try importReference(name, context),
                    created: try context.creationTime())
                request.message = parsed[message]
                request.changes = parsed[changes]
                request.platform = try platformOption(parsed.isChanged(platform) ? parsed[platform] : nil, context)
                let store = try context.openStore()
                let operation = ImportOperation(
                    store: store, request: request, threads: HostFacts.current().processors)
                let id = try source.withFile(in: store.root, context) { try operation.run(descriptor: $0) }
                context.out.print(id.description)
                return .success
            }
        }
    }

    private static func importReference(_ name: String, _ context: Context) throws -> Reference? {
        guard !name.isEmpty else { return nil }
        let reference = try Reference(normalizing: name)
        guard reference.digest == nil else {
            throw StatusError(context.errorPrefix + "cannot import digest reference")
        }
        return reference.withDefaultTag()
    }
}
