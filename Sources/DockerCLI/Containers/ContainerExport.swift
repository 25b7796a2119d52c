// SPDX-License-Identifier: Apache-2.0
import Containers
import Engine

extension Command {
    /// `docker container export`, `docker export`.
    static var containerExport: Command {
        Command(
            "export", usage: "[OPTIONS] CONTAINER", "Export a container's filesystem as a tar archive",
            arguments: .exactly(1), paths: ["container export", "export"]
        ) { flags in
            let output = flags.string("output", short: "o", "Write to a file, instead of STDOUT")
            return .local { parsed, context in
                let name = parsed.arguments[0]
                let host = try ContainerHost(context)
                guard let path = parsed.text(output) else {
                    guard !context.out.isTerminal else {
                        throw StatusError("cowardly refusing to save to a terminal. Use the -o flag or redirect")
                    }
                    try host.engine.export(name) { context.out.write(Array($0)) }
                    return .success
                }
                let file = try exportFile(path)
                try host.engine.export(name) { try file.write($0) }
                try file.commit()
                return .success
            }
        }
    }

    private static func exportFile(_ path: String) throws -> AtomicFile {
        do { return try AtomicFile(path) } catch { throw StatusError("failed to export container: \(error)") }
    }
}
