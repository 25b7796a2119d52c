// SPDX-License-Identifier: Apache-2.0
import Containers

/// Options about the container's process and what it is called.
struct ProcessFlags: Sendable {
    private let attach: Flag<[String]>
    private let interactive: Flag<Bool>
    private let tty: Flag<Bool>
    private let environment: Flag<[String]>
    private let environmentFiles: Flag<[String]>
    private let entrypoint: Flag<String>
    private let user: Flag<String>
    private let workingDirectory: Flag<String>
    private let hostname: Flag<String>
    private let domainName: Flag<String>
    private let labels: Flag<[String]>
    private let labelFiles: Flag<[String]>
    private let annotations: Flag<[NamedValue]>
    private let remove: Flag<Bool>
    private let runsInit: Flag<Bool>
    private let restart: Flag<String>
    private let stopSignal: Flag<String>
    private let stopTimeout: Flag<Int>
    private let groups: Flag<[String]>
    private let runtime: Flag<String>
    private let logDriver: Flag<String>

    init(_ flags: inout FlagSet) {
        attach = flags.list("attach", short: "a", "Attach to STDIN, STDOUT or STDERR") { text in
            let name = text.lowercased()
            guard ["stdin", "stdout", "stderr"].contains(name) else {
                throw FlagError("valid streams are STDIN, STDOUT and STDERR")
            }
            return name
        }
        interactive = flags.bool("interactive", short: "i", "Keep STDIN open even if not attached")
        tty = flags.bool("tty", short: "t", "Allocate a pseudo-TTY")
        environment = flags.list(
            "env", short: "e", "Set environment variables", check: EnvironmentVariables.checked)
        environmentFiles = flags.list("env-file", "Read in a file of environment variables")
        entrypoint = flags.string("entrypoint", "Overwrite the default ENTRYPOINT of the image")
        user = flags.string("user", short: "u", "Username or UID (format: <name|uid>[:<group|gid>])")
        workingDirectory = flags.string("workdir", short: "w", "Working directory inside the container")
        hostname = flags.string("hostname", short: "h", "Container host name")
        domainName = flags.string("domainname", "Container NIS domain name")
        labels = flags.list("label", short: "l", "Set meta data on a container", check: LabelText.checked)
        labelFiles = flags.list("label-file", "Read in a line delimited file of labels")
        annotations = flags.map(
            "annotation", "Add an annotation to the container (passed through to the OCI runtime)")
        remove = flags.bool(
            "rm", "Automatically remove the container and its associated anonymous volumes when it exits")
        runsInit = flags.bool("init", "Run an init inside the container that forwards signals and reaps processes")
        restart = flags.string("restart", default: "no", "Restart policy to apply when a container exits")
        stopSignal = flags.string("stop-signal", "Signal to stop the container")
        stopTimeout = flags.int("stop-timeout", "Timeout (in seconds) to stop a container")
        groups = flags.list("group-add", "Add additional groups to join")
        runtime = flags.string("runtime", "Runtime to use for this container")
        logDriver = flags.string("log-driver", "Logging driver for the container")
    }

    /// Whether `-a` was given.
    func attaches(_ parsed: ParsedArguments) -> Bool { parsed.isChanged(attach) }

    func apply(_ parsed: ParsedArguments, to spec: inout ContainerSpec, _ context: Context) throws {
        applyStreams(parsed, to: &spec)
        let variables = EnvironmentVariables(context)
        spec.environment = try variables.fromFiles(parsed[environmentFiles]) + variables.resolved(parsed[environment])
        if parsed.isChanged(entrypoint) { spec.entrypoint = parsed[entrypoint].isEmpty ? [] : [parsed[entrypoint]] }
        spec.user = parsed.text(user)
        spec.workingDirectory = parsed.text(workingDirectory)
        spec.hostname = parsed.text(hostname)
        spec.domainName = parsed.text(domainName)
        // In a file, a label without a value is passed over.
        let lines = try variables.lines(ofFiles: parsed[labelFiles]).filter { NamedValue($0) != nil }
        for text in lines + parsed[labels] {
            let label = NamedValue(text) ?? NamedValue(text, "")
            spec.labels[label.name] = label.value
        }
        for annotation in parsed[annotations] { spec.annotations[annotation.name] = annotation.value }
        spec.autoRemove = parsed[remove]
        spec.runsInit = parsed[runsInit]
        spec.restartPolicy = try RestartPolicy(parsing: parsed[restart])
        spec.stopSignal = parsed.text(stopSignal)
        spec.stopTimeout = parsed.isChanged(stopTimeout) ? parsed[stopTimeout] : nil
        spec.groupsAdded = parsed[groups]
        spec.runtime = parsed.text(runtime)
        if let driver = parsed.text(logDriver) { spec.logDriver = try Self.checked(logDriver: driver) }
    }

    private func applyStreams(_ parsed: ParsedArguments, to spec: inout ContainerSpec) {
        let names = parsed[attach]
        spec.tty = parsed[tty]
        spec.openStdin = parsed[interactive]
        spec.attachStdin = spec.openStdin || names.contains("stdin")
        spec.attachStdout = names.isEmpty || names.contains("stdout")
        spec.attachStderr = names.isEmpty || names.contains("stderr")
    }

    private static func checked(logDriver name: String) throws -> String {
        guard ["none", "json-file", "local", "k8s-file"].contains(name) else {
            throw StatusError("logging driver \"\(name)\" is not supported: use json-file, local or none")
        }
        return name
    }
}

extension ParsedArguments {
    /// The option's value unless it is empty.
    func text(_ flag: Flag<String>) -> String? {
        self[flag].isEmpty ? nil : self[flag]
    }
}
