// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container rm`, `docker rm`.
    static var containerRemove: Command {
        Command(
            "rm", usage: "[OPTIONS] CONTAINER [CONTAINER...]", "Remove one or more containers",
            arguments: .atLeast(1), aliases: ["remove"], paths: ["container rm", "container remove", "rm"]
        ) { flags in
            let force = flags.bool(
                "force", short: "f", "Force the removal of a running container (uses SIGKILL)")
            let link = flags.bool("link", short: "l", "Remove the specified link")
            let volumes = flags.bool("volumes", short: "v", "Remove anonymous volumes associated with the container")
            return .local { parsed, context in
                guard !parsed[link] else { throw StatusError("--link is not supported: there are no links") }
                let host = try ContainerHost(context)
                let options = Containers.RemoveOptions(force: parsed[force], removesVolumes: parsed[volumes])
                // With force, nothing to remove is what was asked for.
                return try host.forEach(parsed.arguments, tolerates: { options.force && $0.isMissingContainer }) {
                    let name = String($0.drop { $0 == "/" })
                    guard !name.isEmpty else { throw StatusError("container name cannot be empty") }
                    try host.engine.remove(name, options: options)
                }
            }
        }
    }
}

extension Error {
    /// docker's 404 for a container, a volume or a network.
    var isMissingContainer: Bool {
        if case .notFound? = self as? ContainerError { return true }
        return false
    }
}
