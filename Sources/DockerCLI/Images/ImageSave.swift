// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Engine
import Glibc
import OCI

extension Command {
    /// `docker image save`, `docker save`.
    static var imageSave: Command {
        Command(
            "save", usage: "[OPTIONS] IMAGE [IMAGE...]",
            "Save one or more images to a tar archive (streamed to STDOUT by default)", arguments: .atLeast(1),
            paths: ["image save", "save"]
        ) { flags in
            let output = flags.string("output", short: "o", "Write to a file, instead of STDOUT")
            let platform = flags.string(
                "platform",
                "Save only the given platform variant. Formatted as \"os[/arch[/variant]]\" (e.g., \"linux/amd64\")")
            return .local { parsed, context in
                let operation = try SaveOperation(
                    store: context.openStore(), names: parsed.arguments,
                    platform: parsedPlatform(parsed[platform]))
                if parsed[output].isEmpty {
                    guard !context.out.isTerminal else {
                        throw StatusError(
                            "cowardly refusing to save to a terminal. Use the -o flag or redirect")
                    }
                    try operation.prepare().write { context.out.write(Array($0)) }
                    try context.out.flush()
                } else {
                    try save(operation, to: parsed[output])
                }
                return .success
            }
        }
    }

    /// Writes the archive to a file, which appears once it is complete.
    private static func save(_ operation: SaveOperation, to path: String) throws {
        let file: AtomicFile
        do { file = try AtomicFile(path) } catch { throw StatusError("failed to save image: \(error)") }
        try operation.prepare().write { try file.write($0) }
        try file.commit()
    }
}
