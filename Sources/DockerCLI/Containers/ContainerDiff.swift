// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container diff`, `docker diff`.
    static var containerDiff: Command {
        Command(
            "diff", usage: "CONTAINER", "Inspect changes to files or directories on a container's filesystem",
            arguments: .exactly(1), paths: ["container diff", "diff"]
        ) { _ in
            .local { parsed, context in
                let style = RowStyle(context, truncates: false)
                for change in try ContainerHost(context).engine.changes(parsed.arguments[0]) {
                    context.out.print("\(change.kind.letter) \(style.foreign(change.displayPath))")
                }
                return .success
            }
        }
    }
}
