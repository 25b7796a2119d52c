// SPDX-License-Identifier: Apache-2.0

import DockerFormat

/// Typed access to the keys of a `daemon.json`; remembers which were asked for.
struct EngineConfigReader {
    private let document: JSONValue
    private let path: String
    private var known: Set<String> = []

    /// What docker's engine reads and dockerlite has no use for: no reason for a warning.
    private static let dockerKeys: Set<String> = [
        "add-runtimes", "allow-direct-routing", "api-cors-header", "authorization-plugins", "bip", "bip6", "bridge",
        "bridge-accept-fwmark", "builder", "cdi-spec-dirs", "cgroup-parent", "containerd", "containerd-namespace",
        "containerd-plugins-namespace", "cpu-rt-period", "cpu-rt-runtime", "default-address-pools",
        "default-cgroupns-mode", "default-gateway", "default-gateway-v6", "default-ipc-mode",
        "default-network-opts", "default-runtime", "default-shm-size", "default-ulimits", "dns", "dns-opts",
        "dns-search", "exec-opts", "exec-root", "experimental", "features", "firewall-backend", "fixed-cidr",
        "fixed-cidr-v6", "group", "host-gateway-ip", "host-gateway-ips", "hosts", "http-proxy", "https-proxy",
        "icc", "init", "init-path", "ip", "ip-forward", "ip-forward-no-drop", "ip-masq", "ip6tables", "iptables",
        "ipv6", "labels", "live-restore", "log-driver", "log-format", "log-level", "log-opts", "metrics-addr",
        "min-api-version", "mtu", "network-control-plane-mtu", "no-new-privileges", "no-proxy",
        "node-generic-resources",
        "oom-score-adjust", "pidfile", "raw-logs", "runtimes", "seccomp-profile", "selinux-enabled",
        "shutdown-timeout", "storage-opts", "swarm-default-advertise-addr", "tls", "tlscacert",
        "tlscert", "tlskey", "tlsverify", "userland-proxy", "userland-proxy-path", "userns-remap",
        "validate", "allow-nondistributable-artifacts", "deprecated-key-path",
    ]

    init(_ bytes: [UInt8], path: String) throws(ConfigError) {
        self.path = path
        do {
            document = try JSONParser.parse(bytes)
        } catch {
            throw ConfigError("unable to configure the engine with file \(path): \(error)")
        }
        guard document.members != nil else {
            throw ConfigError("unable to configure the engine with file \(path): the top level isn't an object")
        }
    }

    var unknownKeys: [String] {
        (document.members ?? []).map(\.name).filter { !known.contains($0) && !Self.dockerKeys.contains($0) }
    }

    mutating func string(_ key: String) throws(ConfigError) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.string else { throw wrongType(key, "a string") }
        return text
    }

    mutating func strings(_ key: String) throws(ConfigError) -> [String]? {
        guard let value = value(key) else { return nil }
        guard let values = value.array else { throw wrongType(key, "a list of strings") }
        let texts = values.compactMap(\.string)
        guard texts.count == values.count else { throw wrongType(key, "a list of strings") }
        return texts
    }

    mutating func bool(_ key: String) throws(ConfigError) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let flag = value.bool else { throw wrongType(key, "true or false") }
        return flag
    }

    mutating func object(_ key: String) throws(ConfigError) -> JSONValue? {
        guard let value = value(key) else { return nil }
        guard value.members != nil else { throw wrongType(key, "an object") }
        return value
    }

    /// A number of things to do at once; zero means docker's default, as in docker.
    mutating func count(_ key: String) throws(ConfigError) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.int else { throw wrongType(key, "a whole number") }
        guard number >= 0 else {
            let name = key.split(separator: "-").dropFirst().joined(separator: " ")
            throw ConfigError("invalid max \(name): \(number)")
        }
        return number == 0 ? nil : number
    }

    /// Go's notation, as docker's own durations have.
    mutating func duration(_ key: String) throws(ConfigError) -> Duration? {
        guard let text = try string(key) else { return nil }
        guard let duration = GoDurationText.parse(text), duration > .zero else {
            throw wrongType(key, "a duration such as \"90s\"")
        }
        return duration
    }

    private mutating func value(_ key: String) -> JSONValue? {
        known.insert(key)
        let value = document.field(key)
        return value == .null ? nil : value
    }

    private func wrongType(_ key: String, _ expected: String) -> ConfigError {
        ConfigError("unable to configure the engine with file \(path): \"\(key)\" must be \(expected)")
    }
}
