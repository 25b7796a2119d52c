// SPDX-License-Identifier: Apache-2.0
import DockerFormat

@testable import DockerCLI

extension ExampleCommands {
    /// Options of every kind, some as docker words them.
    static let run = Command(
        "run", usage: "[OPTIONS] IMAGE [COMMAND] [ARG...]", "Create and run a new container from an image",
        arguments: .atLeast(1), interspersed: false, paths: ["container run", "run"]
    ) { flags in
        let environment = flags.list("env", short: "e", "Set environment variables")
        let memory = flags.bytes("memory", short: "m", "Memory limit")
        let interval = flags.duration("health-interval", "Time between running the check (ms|s|m|h) (default 0s)")
        let weight: Flag<UInt16> = flags.unsigned(
            "blkio-weight", "Block IO (relative weight), or 0 to disable (default 0)")
        let sysctls = flags.map("sysctl", "Sysctl options")
        let platforms = flags.strings("platform", "Platforms to take")
        let swappiness = flags.int("memory-swappiness", default: -1, "Tune container memory swappiness (0 to 100)")
        _ = flags.bool("help", "Print usage")
        _ = flags.string("hostname", short: "h", "Container host name")
        _ = flags.bool("interactive", short: "i", "Keep STDIN open even if not attached")
        _ = flags.bool("tty", short: "t", "Allocate a pseudo-TTY")
        _ = flags.string("pull", default: "missing", #"Pull image before running ("always", "missing", "never")"#)
        _ = flags.string("net", "Connect to `a network`")
        flags.hide(flags.string("legacy", "Not shown"))
        let cpus = flags.custom("cpus", type: "decimal", default: 0, "Number of CPUs") { text, value in
            guard let number = Int(text) else { throw FlagError("failed to parse \(text) as a rational number") }
            value = number
        }
        return .local { parsed, context in
            context.out.print("\(parsed[environment]) \(parsed[memory]) \(parsed[interval]) \(parsed[weight])")
            let pairs = parsed[sysctls].map { "\($0.name):\($0.value)" }
            context.out.print("\(pairs) \(parsed[platforms]) \(parsed[swappiness]) \(parsed[cpus]) \(parsed.arguments)")
            return .success
        }
    }
}
