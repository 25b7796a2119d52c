// SPDX-License-Identifier: Apache-2.0
import Engine

extension Command {
    /// `docker image load`, `docker load`.
    static var imageLoad: Command {
        Command(
            "load", usage: "[OPTIONS]", "Load an image from a tar archive or STDIN", arguments: .none,
            paths: ["image load", "load"]
        ) { flags in
            let input = flags.string("input", short: "i", "Read from tar archive file, instead of STDIN")
            let quiet = flags.bool("quiet", short: "q", "Suppress the load output")
            let platform = flags.string(
                "platform",
                "Load only the given platform variant. Formatted as \"os[/arch[/variant]]\" (e.g., \"linux/amd64\")")
            // Of a signal only a task hears, and what was taken of the archive has to go.
            return .network { parsed, context in
                let platform = try parsedPlatform(parsed[platform])
                guard !parsed[input].isEmpty || !context.input.isTerminal else {
                    throw StatusError("requested load from stdin, but stdin is empty")
                }
                // As in docker, only a terminal is shown the progress of layers.
                let isQuiet = parsed[quiet] || !context.out.isTerminal
                let printer = try ProgressPrinter(isQuiet ? .plain : .auto, context: context)
                defer { printer.finish() }
                let report = printer.report
                let operation = try LoadOperation(store: context.openStore(), platform: platform) { event in
                    if case .update = event, isQuiet { return }
                    report(event)
                }
                if !parsed[input].isEmpty {
                    try operation.run(path: parsed[input])
                } else if let descriptor = context.input.fileDescriptor {
                    try operation.run(descriptor: descriptor)
                }
                return .success
            }
        }
    }
}
