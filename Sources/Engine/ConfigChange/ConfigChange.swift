// SPDX-License-Identifier: Apache-2.0
import OCI

/// An instruction that changes the configuration of a container; no other may stand in `commit -c`.
enum ConfigChange {
    /// The command of CMD or ENTRYPOINT.
    struct CommandLine {
        var arguments: [String]?
        /// The shell form: the shell's own arguments come before.
        var needsShell: Bool
    }

    case cmd(CommandLine)
    case entrypoint(CommandLine)
    case env([(name: String, value: String)])
    case expose([String])
    case healthcheck(HealthConfig)
    case label([(name: String, value: String)])
    case onbuild(String)
    case stopSignal(String)
    case user(String)
    case volume([String])
    case workdir(String)

    /// Checks the flags and arguments, in docker's order.
    init(_ instruction: DockerfileInstruction) throws(ConfigChangeError) {
        switch instruction.name.lowercased() {
        case "cmd": self = .cmd(try instruction.commandLine(emptyIsNil: false))
        case "entrypoint": self = .entrypoint(try instruction.commandLine(emptyIsNil: true))
        case "env": self = .env(try instruction.pairs("ENV"))
        case "expose":
            let ports = try instruction.someArguments("EXPOSE")
            self = .expose(ports.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        case "healthcheck": self = .healthcheck(try instruction.healthConfig())
        case "label": self = .label(try instruction.pairs("LABEL"))
        case "onbuild": self = .onbuild(try instruction.trigger())
        case "stopsignal": self = .stopSignal(try instruction.onlyArgument("STOPSIGNAL"))
        case "user":
            self = .user(try instruction.onlyArgument("USER"))
            try instruction.refuseFlags()
        case "volume": self = .volume(try instruction.volumes())
        case "workdir":
            self = .workdir(try instruction.onlyArgument("WORKDIR"))
            try instruction.refuseFlags()
        default: throw .notAllowed(instruction.name)
        }
    }
}
