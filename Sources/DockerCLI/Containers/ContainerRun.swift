// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container run`, `docker run`.
    static var containerRun: Command {
        Command(
            "run", usage: "[OPTIONS] IMAGE [COMMAND] [ARG...]", "Create and run a new container from an image",
            arguments: .atLeast(1), interspersed: false, paths: ["container run", "run"]
        ) { flags in
            let detach = flags.bool("detach", short: "d", "Run container in background and print container ID")
            let streams = AttachFlags(&flags, signalUsage: "Proxy received signals to the process")
            let options = ContainerFlags(
                &flags, pullUsage: "Pull image before running (\"always\", \"missing\", \"never\")")
            return .local { parsed, context in
                var request = try withHelp("run", context) { try options.request(parsed, context) }
                request.platform = try withHelp("run", context) { try options.wantedPlatform(parsed, context) }
                var attach = try withHelp("run", context) { try streams.options(parsed, context) }
                if parsed[detach] {
                    guard !options.attaches(parsed) else {
                        throw StatusError("conflicting options: cannot specify both --attach and --detach")
                    }
                    request.spec.detach()
                } else {
                    try context.checkTerminal(attachesStdin: request.spec.attachStdin, tty: request.spec.tty)
                    attach.limit(to: request.spec)
                }
                return try run(request, attach: parsed[detach] ? nil : attach, context)
            }
        }
    }

    private static func run(
        _ request: ContainerRequest, attach: AttachOptions?, _ context: Context
    ) throws -> ExitCode {
        do {
            let host = try ContainerHost(context)
            let container = try request.create(on: host)
            guard let attach else {
                // Before the start, which may fail: the container is there.
                context.out.print(container.id.hex)
                try host.engine.start(container.id.hex)
                return .success
            }
            try context.out.flush()
            return try context.exitCode(
                of: host.engine.run(container.id.hex, attach: attach), startsProgram: true,
                proxiesSignals: attach.proxiesSignals)
        } catch let error as OutputError {
            throw error
        } catch {
            throw failure(error, context)
        }
    }

    /// docker's client decides by the words of the error whether the program or something else was at fault.
    private static func failure(_ error: any Error, _ context: Context) -> StatusError {
        let text = context.text(of: error)
        var code = ExitCode.usage
        if text.contains("executable file not found") || text.contains("no such file or directory") {
            code = ExitCode(127)
        } else if text.contains("permission denied") || text.contains("is a directory") {
            code = ExitCode(126)
        }
        return StatusError(context.hinted(text, "run"), code: code)
    }
}

extension ContainerSpec {
    /// Nothing is attached to a container that runs by itself.
    fileprivate mutating func detach() {
        (attachStdin, attachStdout, attachStderr) = (false, false, false)
    }
}
