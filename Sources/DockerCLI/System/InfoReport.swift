// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat
import Engine
import GoTemplate
import RegistryClient

/// What `info` shows: docker's lines as far as there is something to tell.
struct InfoReport {
    let program: String
    let isDebug: Bool
    /// The store's directory.
    let root: String
    let imageCount: Int
    let containerCount: Int
    let runningCount: Int
    let pausedCount: Int
    let host: HostDescription
    let parts: [ProgramPart]
    let capabilities: [Capability]
    let engine: EngineConfig
    let time: Timestamp

    static let storageDriver = "overlay2"
    static let loggingDriver = "json-file"
    private static let loopback = ["::1/128", "127.0.0.0/8"]

    var version: String { program == "docker" ? Version.docker : Version.dockerlite }
    var stoppedCount: Int { containerCount - runningCount - pausedCount }
    /// The OCI runtime of the settings, else the first of the parts.
    var runtime: String { engine.defaultRuntime ?? parts.first?.name ?? "" }
    var insecureRegistries: [String] { Self.loopback + engine.insecureRegistries }
    /// With the slash at the end that docker's engine adds.
    var mirrors: [String] { engine.registryMirrors.map { $0.hasSuffix("/") ? $0 : $0 + "/" } }
    var warnings: [String] { capabilities.compactMap(\.warning) + engine.warnings }

    /// The lines of the default format.
    var text: String {
        let lines =
            ["Client:", " Version:    \(version)", " Context:    default", " Debug Mode: \(isDebug)", "", "Server:"]
            + serverLines
            + [" Insecure Registries:"] + insecureRegistries.map { "  " + $0 }
            + (mirrors.isEmpty ? [] : [" Registry Mirrors:"] + mirrors.map { "  " + $0 })
            + [" Live Restore Enabled: false", " Parts:"] + parts.map(Self.line)
        return lines.map { $0 + "\n" }.joined()
    }

    private var serverLines: [String] {
        [
            " Containers: \(containerCount)", "  Running: \(runningCount)", "  Paused: \(pausedCount)",
            "  Stopped: \(stoppedCount)",
            " Images: \(imageCount)", " Server Version: \(version)", " Storage Driver: \(Self.storageDriver)",
            " Logging Driver: \(Self.loggingDriver)", " Cgroup Version: \(host.cgroupVersion)", " Runtimes: \(runtime)",
            " Default Runtime: \(runtime)", " Kernel Version: \(host.kernelVersion)",
            " Operating System: \(host.operatingSystem)", " OSType: linux", " Architecture: \(host.machine)",
            " CPUs: \(host.processors)", " Total Memory: \(HumanSize.binary(host.memory))", " Name: \(host.name)",
            " Docker Root Dir: \(root)", " Debug Mode: \(isDebug || engine.debug)",
        ] + proxyLines + [" Experimental: false"]
    }

    private var proxyLines: [String] {
        [("HTTP Proxy", httpProxy), ("HTTPS Proxy", httpsProxy), ("No Proxy", engine.noProxy ?? "")]
            .filter { !$0.1.isEmpty }.map { " \($0): \($1)" }
    }

    var httpProxy: String { Self.masked(engine.httpProxy ?? "") }
    var httpsProxy: String { Self.masked(engine.httpsProxy ?? "") }

    /// A URL without the user and password it may have, as docker masks them.
    private static func masked(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return url }
        return url[..<scheme.upperBound] + "xxxxx:xxxxx" + url[at...]
    }

    private static func line(_ part: ProgramPart) -> String {
        let place = part.path.map { " (\($0))" } ?? ""
        return "  \(part.name): \(part.version ?? "not installed")\(place)"
    }
}
