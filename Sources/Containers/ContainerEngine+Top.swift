// SPDX-License-Identifier: Apache-2.0
import Glibc

extension ContainerEngine {
    /// The container's processes as the host's `ps` shows them.
    ///
    /// - Parameter psArguments: for ps(1); empty is `-ef`. The output must have a PID column.
    public func top(_ name: String, psArguments: [String] = []) throws -> ProcessTable {
        let container = try inspect(name)
        if container.state.status == .restarting { throw ContainerError.restarting(container.id) }
        guard container.state.isActive else {
            throw ContainerError.conflict("container \(container.id.hex) is not running")
        }
        let log = try store.directory(container.id).runtimeLog
        let processes = Set(try runtime(for: container.spec).processes(container.id, log: log))
        let arguments = psArguments.isEmpty ? ["-ef"] : psArguments
        let output = try ChildProcess.capture(Program.find("ps", package: "procps"), arguments)
        guard output.exitCode == 0 else {
            let reason = output.standardError.prefix { $0 != "\n" }
            throw ContainerError.system("ps: \(reason)")
        }
        return try ProcessTable(ps: String(decoding: output.standardOutput, as: UTF8.self), keeping: processes)
    }
}
