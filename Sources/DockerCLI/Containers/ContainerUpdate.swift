// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container update`, `docker update`.
    static var containerUpdate: Command {
        Command(
            "update", usage: "[OPTIONS] CONTAINER [CONTAINER...]",
            "Update configuration of one or more containers", arguments: .atLeast(1),
            paths: ["container update", "update"]
        ) { flags in
            let limits = LimitFlags(&flags, swapUsage: "-1 to enable unlimited swap")
            let restart = flags.string("restart", "Restart policy to apply when a container exits")
            let realTime = [
                flags.int("cpu-rt-period", "Limit the CPU real-time period in microseconds"),
                flags.int("cpu-rt-runtime", "Limit the CPU real-time runtime in microseconds"),
            ]
            return .local { parsed, context in
                guard parsed.hasOptions else {
                    throw StatusError("you must provide one or more flags when using this command")
                }
                for flag in realTime where parsed.isChanged(flag) {
                    throw StatusError("--\(flag.name) is not supported: run without it")
                }
                let policy = try parsed.text(restart).map { try RestartPolicy(parsing: $0) }
                let resources = try limits.resources(parsed)
                let host = try ContainerHost(context)
                var warnings: [String] = []
                // As in docker, a part of the output.
                defer { warnings.forEach { context.out.print($0) } }
                return try host.forEach(parsed.arguments) {
                    try host.engine.update($0, resources: resources, restartPolicy: policy)
                    warnings += host.engine.warnings(for: resources)
                }
            }
        }
    }
}
