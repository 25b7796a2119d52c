// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The built program, under docker's name, with a store of its own that holds the runnable image `box`; whatever
/// still runs at the end is removed.
final class ContainerFixture: Sendable {
    let docker: DockerliteProcess

    static let requirement: Comment = "needs root, runc, conmon and busybox"
    /// Whether containers can run here.
    static let canRun = geteuid() == 0 && has("runc") && has("conmon") && BusyboxImage.isAvailable
    /// Whether they can have a network.
    static let canNetwork = canRun && (has("netavark") || access("/usr/lib/podman/netavark", X_OK) == 0) && has("curl")

    static func has(_ program: String) -> Bool {
        (try? TestCommand.run(["sh", "-c", "command -v \(program)"]).status) == 0
    }

    /// - Parameter driver: docker's name of the storage driver; the best one when nil.
    init(driver: String? = nil) throws {
        docker = try DockerliteProcess(program: "docker")
        if let driver { try docker.write(engineConfig: "{\"storage-driver\":\"\(driver)\"}") }
        try load(BusyboxImage.image(), as: "box:latest")
    }

    deinit {
        _ = try? docker.shell(
            """
            ids=$(docker ps -aq); [ -z "$ids" ] || docker rm -f -v $ids
            """)
        try? FileManager.default.removeItem(atPath: runDirectory)
    }

    func load(_ image: TestImage, as name: String) throws {
        let result = try docker.run("load", "-q", input: image.archive(as: name))
        guard result.status == 0 else { throw TestCommand.Failure(description: result.errors) }
    }

    /// Where the state of running containers is: named after the digest of the store's path.
    var runDirectory: String {
        let digest = (try? TestCommand.check(["sha256sum"], input: Array(docker.root.utf8))) ?? []
        return "/run/dockerlite/" + String(decoding: digest.prefix(12), as: UTF8.self)
    }

    /// Checks everything a line of shell says and how it ends. IDs of containers and images in it become `ID`.
    func expect(
        _ line: String, status: Int32 = 0, _ output: String = "", errors: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let result = try docker.shell(line)
        let comment = Comment(rawValue: line)
        #expect(Self.masked(result.text) == output, comment, sourceLocation: sourceLocation)
        #expect(Self.masked(result.errors) == errors, comment, sourceLocation: sourceLocation)
        #expect(result.status == status, comment, sourceLocation: sourceLocation)
    }

    /// As docker's engine reports an error.
    func refuses(
        _ line: String, _ message: String, status: Int32 = 1, output: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try expect(
            line, status: status, output, errors: "Error response from daemon: \(message)\n",
            sourceLocation: sourceLocation)
    }

    /// As `docker run` and `create` frame an error that keeps a container from being made or started.
    func fails(
        _ line: String, _ message: String, status: Int32 = 125, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try expect(
            line, status: status,
            errors: "docker: \(message)\n\nRun 'docker run --help' for more information\n",
            sourceLocation: sourceLocation)
    }

    private static func masked(_ text: String) -> String {
        text.replacing(#/\b([0-9a-f]{64}|[0-9a-f]{12})\b/#, with: "ID")
    }

    /// What is left of containers on the machine: mounts, cgroups, processes, directories, names, network
    /// namespaces. Empty when all are gone.
    func leftovers() throws -> [String] {
        let result = try docker.shell(
            """
            root=$1 run=$2
            grep -F -e "$root/" -e "$run" /proc/self/mountinfo | cut -d' ' -f5
            for directory in "$root"/containers/*; do
                [ "${directory##*/}" = names ] || [ ! -e "$directory" ] || echo "$directory"
            done
            ls "$root/containers/names" 2>/dev/null
            ls "$root/volumes" 2>/dev/null | grep -E '^[0-9a-f]{64}$'
            ls "$run/runtime" 2>/dev/null
            for process in /proc/[0-9]*; do
                tr '\\0' ' ' 2>/dev/null <"$process/cmdline" | grep -F -e "$root" -e "$run" |
                    grep -v -e '^bash -c' -e '^grep'
            done
            """.replacingOccurrences(of: "$1", with: docker.root).replacingOccurrences(of: "$2", with: runDirectory))
        return result.text.split(separator: "\n").map(String.init)
    }

    /// Cgroups of `ids`, in any hierarchy.
    static func cgroups(of ids: [String]) -> [String] {
        let roots = ["", "memory/", "pids/", "cpu/", "unified/", "systemd/"]
        return ids.flatMap { id in
            roots.map { "/sys/fs/cgroup/\($0)dockerlite/\(id)" }.filter { access($0, F_OK) == 0 }
        }
    }

    /// A port of the loopback device that nobody listens on.
    static func freePort() throws -> Int {
        let output = try TestCommand.check([
            "bash", "-c",
            """
            while :; do
                port=$((20000 + RANDOM % 12000))
                (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; break; }
            done
            """,
        ])
        return Int(String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines)) ?? 0
    }

    /// The page at a port of the loopback device, asked for until the server is up.
    static func page(_ port: Int, _ path: String = "/") throws -> String {
        let output = try TestCommand.check([
            "sh", "-c",
            """
            for attempt in $(seq 2000); do
                curl -fsS "$1" 2>/dev/null && exit
                sleep 0.05
            done
            curl -fsS "$1"
            """, "sh", "http://127.0.0.1:\(port)\(path)",
        ])
        return String(decoding: output, as: UTF8.self)
    }
}
