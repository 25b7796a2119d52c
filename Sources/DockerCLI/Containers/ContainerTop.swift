// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat

extension Command {
    /// `docker container top`, `docker top`.
    static var containerTop: Command {
        Command(
            "top", usage: "CONTAINER [ps OPTIONS]", "Display the running processes of a container",
            arguments: .atLeast(1), interspersed: false, paths: ["container top", "top"]
        ) { _ in
            .local { parsed, context in
                let table = try ContainerHost(context).engine.top(
                    parsed.arguments[0], psArguments: Array(parsed.arguments.dropFirst()))
                let rows = ([table.titles] + table.processes).map { $0.joined(separator: "\t") + "\n" }
                context.out.write(TabWriter(minimumWidth: 20).align(Array(rows.joined().utf8)))
                return .success
            }
        }
    }
}
