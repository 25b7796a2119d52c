// SPDX-License-Identifier: Apache-2.0

/// pasta: connects a network namespace to the host's network without privileges, by user-mode sockets.
struct Pasta {
    let program: String

    /// Connects the namespace bound at `namespace`; pasta goes on by itself and ends with the namespace.
    func connect(_ container: Container, namespace: String, processID: String) throws(ContainerError) {
        var arguments = ["--config-net", "--no-map-gw", "--quiet", "-P", processID, "-T", "none", "-U", "none"]
        for transport in ["tcp", "udp"] {
            let bindings = container.spec.publishedPorts.filter { $0.transport == transport }
            let flag = transport == "tcp" ? "-t" : "-u"
            if bindings.isEmpty { arguments += [flag, "none"] }
            for binding in bindings {
                guard binding.hostPort > 0 else {
                    throw .invalid("without root a published port needs a host port: -p HOST:\(binding.containerPort)")
                }
                let address = binding.hostIP.isEmpty ? "" : "\(binding.hostIP)/"
                arguments += [flag, "\(address)\(binding.hostPort):\(binding.containerPort)"]
            }
        }
        let output = try ChildProcess.capture(program, arguments + ["--netns", namespace])
        guard output.exitCode == 0 else {
            let reason = output.standardError.split(whereSeparator: \.isNewline).joined(separator: "; ")
            throw .system("failed to set up container networking: pasta: \(reason)")
        }
    }
}
