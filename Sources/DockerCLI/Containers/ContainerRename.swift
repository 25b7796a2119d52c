// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container rename`, `docker rename`.
    static var containerRename: Command {
        Command(
            "rename", usage: "CONTAINER NEW_NAME", "Rename a container", arguments: .exactly(2),
            paths: ["container rename", "rename"]
        ) { _ in
            .local { parsed, context in
                let (old, new) = (parsed.arguments[0].trimmed(), parsed.arguments[1].trimmed())
                guard !old.isEmpty, !new.isEmpty else {
                    throw StatusError("Error: Neither old nor new names may be empty")
                }
                do {
                    try ContainerHost(context).engine.rename(old, to: new)
                } catch {
                    throw StatusError("\(context.text(of: error))\nError: failed to rename container named \(old)")
                }
                return .success
            }
        }
    }
}
