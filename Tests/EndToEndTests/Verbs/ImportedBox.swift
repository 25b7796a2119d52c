// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The built program under docker's name, with the image `box` made by `import` of a busybox tree, and a directory to
/// work in.
final class ImportedBox: Sendable {
    static let canRun =
        geteuid() == 0 && ["runc", "conmon"].allSatisfy(has) && access("/bin/busybox", X_OK) == 0
    static let requirement: Comment = "needs root, runc, conmon and /bin/busybox"

    private static let applets = [
        "cat", "chmod", "echo", "false", "id", "ln", "ls", "mkdir", "rm", "sh", "sleep", "stat", "touch", "true", "yes",
    ]

    private let directory: TemporaryDirectory
    let root: String
    /// Where lines are run.
    let work: String

    static func has(_ program: String) -> Bool {
        (try? TestCommand.run(["sh", "-c", "command -v \(program)"]).status) == 0
    }

    init() throws {
        directory = try TemporaryDirectory()
        root = directory.path + "/store"
        work = directory.path + "/work"
        let tree = directory.path + "/tree"
        for path in [work, directory.path + "/bin", tree + "/bin", tree + "/etc", tree + "/tmp", tree + "/data"] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        let built = try DockerliteProcess()
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: built.binary)
        try FileManager.default.createSymbolicLink(
            atPath: directory.path + "/bin/docker", withDestinationPath: program)
        try FileManager.default.copyItem(atPath: "/bin/busybox", toPath: tree + "/bin/busybox")
        for applet in Self.applets { symlink("busybox", "\(tree)/bin/\(applet)") }
        try directory.write("root:x:0:0::/root:/bin/sh\nweb:x:101:102::/:/bin/sh\n", to: "tree/etc/passwd")
        try directory.write("root:x:0:\nweb:x:102:\n", to: "tree/etc/group")
        try directory.write("seed\n", to: "tree/data/seed")
        let made = try shell(
            """
            tar -C ../tree -c . | docker import -c 'CMD ["sh"]' -c 'ENV PATH=/bin' - box
            """)
        try #require(made.status == 0, "\(made.errors)")
    }

    deinit {
        // The state of running containers is in a directory named after the digest of the store's path.
        _ = try? shell(
            """
            ids=$(docker ps -aq); [ -z "$ids" ] || docker rm -f -v $ids
            rm -rf "/run/dockerlite/$(printf %s "$DOCKERLITE_ROOT" | sha256sum | cut -c1-12)"
            """)
    }

    func write(clientConfig text: String) throws {
        try directory.write(text, to: "config/config.json")
    }

    func write(engineConfig text: String) throws {
        try directory.write(text, to: "daemon.json")
    }

    /// Runs a line of shell; `docker` in it is the built program.
    func shell(_ line: String, input: [UInt8] = []) throws -> TestCommand.Result {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        var environment = [
            "PATH": directory.path + "/bin:" + path, "DOCKERLITE_ROOT": root, "TZ": "UTC", "LC_ALL": "C.UTF-8",
            "DOCKER_CONFIG": directory.path + "/config",
        ]
        let engine = directory.path + "/daemon.json"
        if FileManager.default.fileExists(atPath: engine) { environment["DOCKERLITE_CONFIG_FILE"] = engine }
        return try TestCommand.run(["sh", "-c", line], input: input, environment: environment, directory: work)
    }

    /// Checks all that a line of shell says, and how it ends. IDs become `ID`, the directory `WORK`, the store `ROOT`.
    func expect(
        _ line: String, status: Int32 = 0, _ output: String = "", errors: String = "", input: [UInt8] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let result = try shell(line, input: input)
        let comment = Comment(rawValue: line)
        #expect(masked(result.text) == output, comment, sourceLocation: sourceLocation)
        #expect(masked(result.errors) == errors, comment, sourceLocation: sourceLocation)
        #expect(result.status == status, comment, sourceLocation: sourceLocation)
    }

    /// As docker's engine reports an error.
    func refuses(_ line: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try expect(
            line, status: 1, errors: "Error response from daemon: \(message)\n", sourceLocation: sourceLocation)
    }

    /// As docker's client reports an error without asking its engine.
    func fails(
        _ line: String, status: Int32 = 1, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try expect(line, status: status, errors: message + "\n", sourceLocation: sourceLocation)
    }

    private func masked(_ text: String) -> String {
        text.replacingOccurrences(of: work, with: "WORK").replacingOccurrences(of: root, with: "ROOT")
            .replacing(#/\b([0-9a-f]{64}|[0-9a-f]{12})\b/#, with: "ID")
    }
}
