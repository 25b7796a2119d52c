// SPDX-License-Identifier: Apache-2.0
import Containers

extension Command {
    /// `docker container cp`, `docker cp`.
    static var containerCopy: Command {
        Command(
            "cp",
            usage: "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\t%s cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH",
            "Copy files/folders between a container and the local filesystem",
            long: """
                Copy files/folders between a container and the local filesystem

                Use '-' as the source to read a tar archive from stdin
                and extract it to a directory destination in a container.
                Use '-' as the destination to stream a tar archive of a
                container source to stdout.
                """,
            arguments: .exactly(2), paths: ["container cp", "cp"]
        ) { flags in
            let archive = flags.bool("archive", short: "a", "Archive mode (copy all uid/gid information)")
            let follow = flags.bool("follow-link", short: "L", "Always follow symbol link in SRC_PATH")
            let quiet = flags.bool(
                "quiet", short: "q",
                """
                Suppress progress output during copy. Progress output is automatically suppressed if no terminal is \
                attached
                """)
            return .local { parsed, context in
                let (from, to) = (parsed.arguments[0], parsed.arguments[1])
                guard !from.isEmpty else { throw StatusError("source can not be empty") }
                guard !to.isEmpty else { throw StatusError("destination can not be empty") }
                let request = ContainerCopyRequest(
                    followsLink: parsed[follow], usesContainerUser: parsed[archive],
                    isQuiet: parsed.isChanged(quiet) ? parsed[quiet] : !context.out.isTerminal)
                switch (CopyEnd(from), CopyEnd(to)) {
                case (.container, .container): throw StatusError("copying between containers is not supported")
                case (.local, .local): throw StatusError("must specify at least one container source")
                case (.container(let name, let path), .local(let target)):
                    try request.copyOut(name, path, to: target, context)
                case (.local(let source), .container(let name, let path)):
                    try request.copyIn(source, to: name, path, context)
                }
                return .success
            }
        }
    }
}
