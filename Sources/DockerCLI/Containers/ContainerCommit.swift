// SPDX-License-Identifier: Apache-2.0
import Containers
import Engine
import OCI

extension Command {
    /// `docker container commit`, `docker commit`.
    static var containerCommit: Command {
        Command(
            "commit", usage: "[OPTIONS] CONTAINER [REPOSITORY[:TAG]]", "Create a new image from a container's changes",
            arguments: .range(1...2), interspersed: false, paths: ["container commit", "commit"]
        ) { flags in
            let author = flags.string(
                "author", short: "a", "Author (e.g., \"John Hannibal Smith <hannibal@a-team.com>\")")
            let changes = flags.list("change", short: "c", "Apply Dockerfile instruction to the created image")
            let message = flags.string("message", short: "m", "Commit message")
            let pause = flags.bool("pause", short: "p", default: true, "Pause container during commit")
            return .local { parsed, context in
                let name = parsed.arguments.count == 2 ? parsed.arguments[1] : ""
                let reference = name.isEmpty ? nil : try Reference(normalizing: name).withDefaultTag()
                var request = CommitRequest(
                    container: parsed.arguments[0], reference: reference, created: try context.creationTime())
                request.author = parsed[author]
                request.message = parsed[message]
                request.changes = parsed[changes]
                request.pauses = parsed[pause]
                let host = try ContainerHost(context)
                if request.pauses, try host.engine.runsUnpaused(request.container) {
                    context.err.print(
                        "WARNING: Without root a container can't be paused: it runs on during the commit.")
                }
                let operation = CommitOperation(store: host.store, engine: host.engine, request: request)
                context.out.print(try operation.run().description)
                return .success
            }
        }
    }
}
