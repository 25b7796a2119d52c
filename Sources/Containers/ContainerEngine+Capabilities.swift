// SPDX-License-Identifier: Apache-2.0
import Glibc

extension ContainerEngine {
    /// What running containers takes, as far as it is here.
    public func capabilities() -> [Capability] {
        var list = [
            program("runtime", options.runtime.map { [$0] } ?? ["runc", "crun"], "containers: install runc or crun"),
            program("monitor", [options.monitor], "containers: install conmon"),
            program("init", ["docker-init", "tini", "catatonit"], "run --init: install tini"),
            Capability(
                name: "overlay",
                found: RootFileSystem.probeDriver(below: options.root + "/containers") == .overlay ? "mounts" : nil,
                remedy: "fast root file systems: files are copied instead; load the kernel module overlay"
            ),
            Capability(
                name: "cgroup", found: cgroupVersion, remedy: "limits and pause: mount the cgroup file systems"
            ),
        ]
        if host.isRoot {
            list.append(program("network", ["netavark"], "bridge networks and -p: install netavark"))
            list.append(program("firewall", ["iptables"], "bridge networks and -p: install iptables"))
        } else {
            list.append(program("network", ["pasta"], "networks and -p without root: install passt"))
            list.append(program("ID mapping", ["newuidmap"], "images with several users: install uidmap"))
            let device = access("/dev/net/tun", R_OK | W_OK) == 0
            list.append(
                Capability(
                    name: "tun", found: device ? "/dev/net/tun" : nil,
                    remedy: "networks without root: make /dev/net/tun accessible to users"
                )
            )
        }
        return list
    }

    private func program(_ name: String, _ programs: [String], _ remedy: String) -> Capability {
        Capability(name: name, found: programs.lazy.compactMap(Program.locate).first, remedy: remedy)
    }

    private var cgroupVersion: String? {
        if host.usesCgroupV2 { return "v2" }
        return Files.exists("/sys/fs/cgroup/pids") || Files.exists("/sys/fs/cgroup/memory") ? "v1" : nil
    }
}
