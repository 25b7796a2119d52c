// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container exec`, `docker exec`.
    static var containerExec: Command {
        Command(
            "exec", usage: "[OPTIONS] CONTAINER COMMAND [ARG...]", "Execute a command in a running container",
            arguments: .atLeast(2), interspersed: false, paths: ["container exec", "exec"]
        ) { flags in
            let detach = flags.bool("detach", short: "d", "Detached mode: run command in the background")
            let streams = AttachFlags(&flags, signalUsage: nil)
            let environment = flags.list(
                "env", short: "e", "Set environment variables", check: EnvironmentVariables.checked)
            let files = flags.list("env-file", "Read in a file of environment variables")
            let interactive = flags.bool("interactive", short: "i", "Keep STDIN open even if not attached")
            let privileged = flags.bool("privileged", "Give extended privileges to the command")
            let tty = flags.bool("tty", short: "t", "Allocate a pseudo-TTY")
            let user = flags.string("user", short: "u", "Username or UID (format: \"<name|uid>[:<group|gid>]\")")
            let directory = flags.string("workdir", short: "w", "Working directory inside the container")
            return .local { parsed, context in
                let variables = EnvironmentVariables(context)
                var spec = ExecSpec(command: Array(parsed.arguments.dropFirst()))
                spec.environment = try variables.fromFiles(parsed[files]) + variables.resolved(parsed[environment])
                spec.user = parsed.text(user)
                spec.workingDirectory = parsed.text(directory)
                spec.privileged = parsed[privileged]
                spec.tty = parsed[tty]
                var attach = try streams.options(parsed, context)
                attach.proxiesSignals = false
                if !parsed[interactive] { attach.stdin = nil }
                return try exec(parsed.arguments[0], spec, attach: parsed[detach] ? nil : attach, context)
            }
        }
    }

    private static func exec(
        _ name: String, _ spec: ExecSpec, attach: AttachOptions?, _ context: Context
    ) throws -> ExitCode {
        let host = try ContainerHost(context)
        if attach != nil {
            try context.checkTerminal(attachesStdin: attach?.stdin != nil, tty: spec.tty)
        }
        try context.out.flush()
        do {
            guard let outcome = try host.engine.exec(name, spec, attach: attach) else { return .success }
            return try context.exitCode(of: outcome, startsProgram: false, proxiesSignals: false)
        } catch ContainerError.command(let message, let code) {
            // docker's engine writes this into the stream of the command's output.
            guard attach != nil else { throw ContainerError.system(message) }
            context.out.write(message + "\r\n")
            return ExitCode(code)
        }
    }
}
