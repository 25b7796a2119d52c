// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// `runc` or `crun`: starts, signals and deletes containers whose bundles exist.
struct OCIRuntime {
    let program: String
    /// Where the runtime keeps its state; on a tmpfs, so that a reboot clears it.
    let root: String

    /// The runtime's arguments that come before its command.
    func globalArguments(log: String) -> [String] {
        ["--root", root, "--log", log, "--log-format", "json"]
    }

    func start(_ id: ContainerID, log: String) throws(ContainerError) {
        try run(["start", id.hex], log: log, verb: "start")
    }

    func kill(_ id: ContainerID, signal: Int32, log: String) throws(ContainerError) {
        try run(["kill", id.hex, String(signal)], log: log, verb: "kill")
    }

    func pause(_ id: ContainerID, log: String) throws(ContainerError) {
        try run(["pause", id.hex], log: log, verb: "pause")
    }

    func resume(_ id: ContainerID, log: String) throws(ContainerError) {
        try run(["resume", id.hex], log: log, verb: "resume")
    }

    /// Removes the runtime's state and cgroup; kills what still runs. Nothing there is no error.
    func delete(_ id: ContainerID) {
        guard Files.exists("\(root)/\(id.hex)") else { return }
        _ = try? ChildProcess.capture(program, ["--root", root, "delete", "--force", id.hex])
    }

    func update(_ id: ContainerID, resources: RuntimeResources, log: String) throws(ContainerError) {
        let json = try JSONText.encode(resources)
        try run(["update", "--resources", "-", id.hex], input: json, log: log, verb: "update")
    }

    /// Processes in the container, by their numbers on the host.
    func processes(_ id: ContainerID, log: String) throws(ContainerError) -> [Int32] {
        let output = try run(["ps", "--format", "json", id.hex], log: log, verb: "ps")
        return (try? JSONDecoder().decode([Int32].self, from: Data(output.standardOutput))) ?? []
    }

    @discardableResult
    private func run(
        _ arguments: [String], input: [UInt8] = [], log: String, verb: String
    ) throws(ContainerError) -> ChildProcess.Output {
        let output = try ChildProcess.capture(program, globalArguments(log: log) + arguments, input: input)
        guard output.exitCode == 0 else {
            let message = RuntimeLog.lastError(log) ?? output.standardError
            throw .system("OCI runtime \(verb) failed: \(message)")
        }
        return output
    }
}
