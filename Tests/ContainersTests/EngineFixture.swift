// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Foundation
import OCI
import Testing

@testable import Containers

/// A store of its own with a one-layer busybox image, taken down again with everything that still runs in it.
final class EngineFixture: Sendable {
    let root: String
    let engine: ContainerEngine
    let image: ContainerImage

    /// Whether containers can run here: root, busybox, runtime and monitor.
    static let canRun =
        geteuid() == 0 && Program.locate("conmon") != nil && Program.locate("runc") != nil
        && access("/bin/busybox", X_OK) == 0

    static let canNetwork = canRun && Program.locate("netavark") != nil

    init(driver: RootDriver? = nil, exitCommand: [String] = []) throws {
        root = "/tmp/dockerlite-containers-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        var options = EngineOptions(root: root)
        options.driver = driver
        options.exitCommand = exitCommand
        options.runtime = "runc"
        engine = try ContainerEngine(options)
        let layer = root + "/layers/base/fs"
        try Self.makeLayer(layer)
        image = ContainerImage(
            id: SHA256Hasher.digest(of: [1]), config: Self.config(), layers: [layer]
        )
    }

    deinit {
        for container in (try? engine.list()) ?? [] {
            try? engine.remove(container.id.hex, options: RemoveOptions(force: true))
        }
        try? FileManager.default.removeItem(atPath: root)
        try? FileManager.default.removeItem(atPath: engine.runDirectory)
    }

    static func config() -> ImageConfig {
        var config = ImageConfig(rootfs: RootFS(diffIDs: [SHA256Hasher.digest(of: [2])]))
        config.os = "linux"
        config.architecture = "amd64"
        config.config.cmd = ["sh"]
        config.config.env = ["PATH=/bin"]
        return config
    }

    private static func makeLayer(_ path: String) throws {
        for directory in ["bin", "etc", "tmp", "data"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(directory)", withIntermediateDirectories: true)
        }
        chmod(path + "/tmp", 0o1777)
        try FileManager.default.copyItem(atPath: "/bin/busybox", toPath: path + "/bin/busybox")
        let applets = [
            "sh", "cat", "echo", "env", "false", "head", "hostname", "httpd", "id", "kill", "ln", "ls", "mkdir",
            "mount", "mv",
            "pwd", "rm", "sleep", "stty", "touch", "true", "nc", "yes",
        ]
        for applet in applets { symlink("busybox", "\(path)/bin/\(applet)") }
        try "root:x:0:0:root:/root:/bin/sh\nweb:x:101:102::/srv:/bin/sh\n".write(
            toFile: path + "/etc/passwd", atomically: false, encoding: .utf8
        )
        try "root:x:0:\nweb:x:102:\nlog:x:103:web\n".write(
            toFile: path + "/etc/group", atomically: false, encoding: .utf8
        )
        try "seed\n".write(toFile: path + "/data/seed", atomically: false, encoding: .utf8)
    }

    func spec(_ command: String..., configure: (inout ContainerSpec) -> Void = { _ in }) -> ContainerSpec {
        var spec = ContainerSpec(image: "busybox")
        spec.command = command
        spec.network = .none
        configure(&spec)
        return spec
    }

    func create(_ spec: ContainerSpec, name: String? = nil) throws -> Container {
        try engine.create(spec, name: name, image: image)
    }

    /// Runs a container in the foreground.
    func run(_ spec: ContainerSpec, input: String? = nil) throws -> (code: Int32, output: String, errors: String) {
        let container = try create(spec)
        return try run(container.id.hex, input: input)
    }

    func run(_ name: String, input: String? = nil) throws -> (code: Int32, output: String, errors: String) {
        try Captured.collect(input: input) { options in
            guard case .exited(let code) = try engine.run(name, attach: options) else { return -1 }
            return code
        }
    }

    /// Mounts below the store, as the kernel sees them.
    var mounts: [Substring] {
        // Other tests' mount points may have names in any encoding.
        guard let bytes = try? Files.read("/proc/self/mounts") else {
            Issue.record("the table of mounts can't be read")
            return []
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter {
            $0.contains(root) || $0.contains(engine.runDirectory)
        }
    }

    /// Directories of the container in cgroup hierarchies.
    static func cgroups(of id: ContainerID) -> [String] {
        ["", "memory/", "pids/", "cpu/", "unified/", "systemd/"]
            .map { "/sys/fs/cgroup/\($0)dockerlite/\(id.hex)" }.filter { access($0, F_OK) == 0 }
    }
}
