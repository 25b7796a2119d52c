// SPDX-License-Identifier: Apache-2.0
import Glibc

extension ContainerEngine {
    /// What containers need of the machine.
    public func capabilities() -> [Capability] {
        HelperProgram.all(isRoot: host.isRoot).map(\.capability) + machineCapabilities
    }

    private var machineCapabilities: [Capability] {
        let cgroup = Capability(
            name: "cgroup", found: cgroupVersion, remedy: "limits and pause: mount the cgroup file systems")
        guard !host.isRoot else {
            return [cgroup, program("iptables", "bridge networks and -p: install the package iptables")]
        }
        let device = "/dev/net/tun"
        return [
            cgroup,
            program("newuidmap", "images with several users: install the package uidmap"),
            Capability(
                name: "usable \(device)", found: access(device, R_OK | W_OK) == 0 ? device : nil,
                remedy: "networks without root: let users read and write it"),
        ]
    }

    private func program(_ name: String, _ remedy: String) -> Capability {
        Capability(name: name, found: Program.locate(name), remedy: remedy)
    }

    private var cgroupVersion: String? {
        if host.usesCgroupV2 { return "v2" }
        return Files.exists("/sys/fs/cgroup/pids") || Files.exists("/sys/fs/cgroup/memory") ? "v1" : nil
    }
}
