// SPDX-License-Identifier: Apache-2.0
import DockerFormat

@testable import DockerCLI

/// A tree shaped like docker's, whose verbs print what they were given.
enum ExampleCommands {
    static func root(_ program: String = "docker") -> Command {
        .root(
            program, "A self-sufficient runtime for containers", version: "28.5.2, build abcdef0",
            moreHelp: "For more help on how to use Docker, head to https://docs.docker.com/go/guides/",
            [
                .group("image", "Manage images", [imageList, tag]),
                .group("system", "Manage Docker", []),
                run.listed(.common(1)), imageList.named("images", category: .common(7)), tag, commit, copy, stop, wait,
                login,
            ]
        ) { flags in
            let debug = flags.bool("debug", short: "D", "Enable debug mode")
            _ = flags.string(
                "context", short: "c",
                #"""
                Name of the context to use to connect to the daemon (overrides DOCKER_HOST env var and default context set \#
                with "docker context use")
                """#)
            _ = flags.string(
                "log-level", short: "l", default: "info",
                #"Set the logging level ("debug", "info", "warn", "error", "fatal")"#)
            return .globals { parsed, context in
                if parsed[debug] { context.environment["DEBUG"] = "1" }
            }
        }
    }

    static let imageList = Command(
        "ls", usage: "[OPTIONS] [REPOSITORY[:TAG]]", "List images", arguments: .atMost(1), aliases: ["list"],
        paths: ["image ls", "image list", "images"]
    ) { flags in
        let quiet = flags.bool("quiet", short: "q", "Only show image IDs")
        let all = flags.bool("all", short: "a", "Show all images (default hides intermediate images)")
        let filter = flags.filter("filter", short: "f", "Filter output based on conditions provided")
        let format = flags.string(
            "format",
            """
            Format output using a custom template:
            'table':            Print output in table format with column headers (default)
            'TEMPLATE':         Print output using the given Go template.
            Refer to https://docs.docker.com/go/formatting/ for more information about formatting output with templates
            """)
        return .local { parsed, context in
            let filters = parsed[filter].map { "\($0.name)→\($0.value)" }.joined(separator: ",")
            context.out.print("all=\(parsed[all]) quiet=\(parsed[quiet]) format=\(parsed[format]) filter=\(filters)")
            context.out.print("\(parsed.commandLine): \(parsed.arguments) debug=\(context.environment["DEBUG"] ?? "0")")
            return .success
        }
    }

    static let tag = Command(
        "tag", usage: "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]", "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE",
        arguments: .exactly(2), interspersed: false, paths: ["image tag", "tag"]
    ) { _ in
        .local { parsed, context in
            context.out.print(parsed.arguments.joined(separator: " "))
            return .success
        }
    }

    static let commit = Command(
        "commit", usage: "[OPTIONS] CONTAINER [REPOSITORY[:TAG]]", "Create a new image from a container's changes",
        arguments: .range(1...2), interspersed: false, paths: ["container commit", "commit"]
    ) { flags in
        let pause = flags.bool("pause", short: "p", default: true, "Pause container during commit")
        _ = flags.string("author", short: "a", #"Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")"#)
        let changes = flags.list("change", short: "c", "Apply Dockerfile instruction to the created image")
        return .local { parsed, context in
            context.out.print("\(parsed[pause]) \(parsed[changes]) \(parsed.changeCount(changes))")
            return .success
        }
    }

    static let copy = Command(
        "cp", usage: "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\t%s cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH",
        "Copy files/folders between a container and the local filesystem",
        long: "Copy files/folders between a container and the local filesystem\n\nUse '-' as the source.\n",
        arguments: .exactly(2)
    ) { flags in
        let archive = flags.bool("archive", short: "a", "Archive mode (copy all uid/gid information)")
        flags.deprecate(archive, "use nothing")
        return .local { parsed, context in
            context.out.print("archive=\(parsed[archive])")
            return .success
        }
    }

    static let stop = Command(
        "stop", usage: "[OPTIONS] CONTAINER [CONTAINER...]", "Stop one or more running containers",
        arguments: .atLeast(1)
    ) { flags in
        let timeout = flags.int("timeout", short: "t", "Seconds to wait before killing the container")
        return .local { parsed, context in
            context.out.print(parsed.isChanged(timeout) ? "\(parsed[timeout]) s" : "default")
            return .success
        }
    }

    static let wait = Command(
        "wait", usage: "CONTAINER", "Block until a container stops", arguments: .exactly(1)
    ) { _ in
        .network { parsed, context in
            await Task.yield()
            switch parsed.arguments[0] {
            case "no": throw StatusError.cancelled
            case "bad": throw StatusError("docker: it failed\n\nRun '\(parsed.commandLine) --help'", code: .usage)
            case "worse": throw FlagError("hostile \u{1b}[31m text")
            default: return ExitCode(7)
            }
        }
    }

    static let login = Command("login", usage: "[SERVER]", "Authenticate to a registry", arguments: .none) { _ in
        .local { _, context in
            while let line = try context.input.readLine() { context.out.print("<\(line)>") }
            return .success
        }
    }
}
