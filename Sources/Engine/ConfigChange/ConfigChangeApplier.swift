// SPDX-License-Identifier: Apache-2.0
import OCI

/// Applies changes one after the other; each sees the environment that the ones before have left.
struct ConfigChangeApplier {
    private static let defaultShell = ["/bin/sh", "-c"]

    private(set) var config: ContainerConfig
    private let lexer: ShellLexer
    /// A CMD with arguments came before, so that an ENTRYPOINT doesn't reset it.
    private var isCmdSet = false

    init(config: ContainerConfig, lexer: ShellLexer) {
        self.config = config
        self.lexer = lexer
    }

    mutating func apply(_ change: ConfigChange) throws(ConfigChangeError) {
        let environment = ShellLexer.environment(config.env ?? [])
        func expanded(_ word: String) throws(ConfigChangeError) -> String {
            try lexer.expand(word, environment).word
        }
        switch change {
        case .cmd(let line): setCmd(line)
        case .entrypoint(let line): setEntrypoint(line)
        case .env(let pairs):
            let expandedPairs = try pairs.map { pair throws(ConfigChangeError) in
                (try expanded(pair.name), try expanded(pair.value))
            }
            for (name, value) in expandedPairs { setEnvironment(name, value) }
        case .expose(let words): try expose(words, environment)
        case .healthcheck(let check): config.healthcheck = check
        case .label(let pairs):
            let expandedPairs = try pairs.map { pair throws(ConfigChangeError) in
                (try expanded(pair.name), try expanded(pair.value))
            }
            config.labels = (config.labels ?? [:]).merging(expandedPairs) { _, new in new }
        case .onbuild(let trigger): config.onBuild = (config.onBuild ?? []) + [trigger]
        case .stopSignal(let word):
            let signal = try expanded(word)
            guard StopSignal.isValid(signal) else { throw .invalidSignal(signal) }
            config.stopSignal = signal
        case .user(let word): config.user = try expanded(word)
        case .volume(let words):
            let volumes = try words.map(expanded)
            guard !volumes.contains("") else { throw .emptyVolume }
            config.volumes = (config.volumes ?? []).union(volumes)
        case .workdir(let word): try setDirectory(try expanded(word))
        }
    }

    private func resolved(_ line: ConfigChange.CommandLine) -> [String]? {
        guard let arguments = line.arguments else { return nil }
        guard line.needsShell else { return arguments }
        let shell = config.shell ?? []
        return (shell.isEmpty ? Self.defaultShell : shell) + arguments
    }

    private mutating func setCmd(_ line: ConfigChange.CommandLine) {
        config.cmd = resolved(line)
        config.argsEscaped = false
        if line.arguments?.isEmpty == false { isCmdSet = true }
    }

    private mutating func setEntrypoint(_ line: ConfigChange.CommandLine) {
        config.entrypoint = resolved(line)
        config.argsEscaped = false
        if !isCmdSet { config.cmd = nil }
    }

    private mutating func setEnvironment(_ name: String, _ value: String) {
        var environment = config.env ?? []
        let variable = name + "=" + value
        if let index = environment.firstIndex(where: { ContainerConfig.environmentName($0) == name }) {
            environment[index] = variable
        } else {
            environment.append(variable)
        }
        config.env = environment
    }

    /// EXPOSE is the only instruction whose words can become several.
    private mutating func expose(_ words: [String], _ environment: [String: String]) throws(ConfigChangeError) {
        var specifications: [String] = []
        for word in words {
            specifications += try lexer.expand(word, environment).words
        }
        var ports = config.exposedPorts ?? []
        for specification in specifications {
            do {
                ports.formUnion(try ExposedPorts.parse(specification))
            } catch {
                throw .port(error)
            }
        }
        config.exposedPorts = ports
    }

    /// A relative directory goes on from the one before.
    private mutating func setDirectory(_ path: String) throws(ConfigChangeError) {
        guard !path.isEmpty else { throw .emptyDirectory }
        config.workingDir = CleanPath.absolute(path, from: config.workingDir)
    }
}
