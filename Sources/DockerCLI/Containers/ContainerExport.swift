// SPDX-License-Identifier: Apache-2.0
import Containers
import Glibc

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
                _ = try host.engine.inspect(name)
                let partial = path + ".partial-\(getpid())"
                try write(name, to: UserFile(partial, context), host)
                guard Glibc.rename(context.absolute(partial), context.absolute(path)) == 0 else {
                    throw StatusError("failed to export container: rename \(path): \(SystemMessage.text(errno))")
                }
                return .success
            }
        }
    }

    /// Writes a file that is taken away again when something goes wrong.
    private static func write(_ name: String, to file: UserFile, _ host: ContainerHost) throws {
        let descriptor = try file.open(O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
        defer { close(descriptor) }
        do {
            try host.engine.export(name) { try file.write($0, to: descriptor) }
        } catch {
            file.remove()
            throw error
        }
    }
}
