// SPDX-License-Identifier: Apache-2.0

extension BundleBuilder {
    /// The default mounts, the container's own files and the user's mounts. A user mount takes the place of a default
    /// one with the same destination; parents come before children.
    func mounts() -> [RuntimeSpec.Mount] {
        let user = container.mounts.map(mount)
        let taken = Set(user.map(\.destination))
        let standard = (standardMounts() + ownFiles()).filter { !taken.contains($0.destination) }
        // A stable sort by depth, as docker's engine sorts.
        let ordered = user.enumerated().sorted { left, right in
            let (a, b) = (PathText.components(left.element.destination), PathText.components(right.element.destination))
            return (a.count, left.offset) < (b.count, right.offset)
        }
        return standard + ordered.map(\.element)
    }

    private func standardMounts() -> [RuntimeSpec.Mount] {
        // Group 5 is tty's; a namespace with one mapped ID has no group 5.
        let terminalGroup = host.hasSubordinateIDs || host.isRoot ? ["gid=5"] : []
        var mounts = [
            mount("/proc", "proc", ["nosuid", "noexec", "nodev"]),
            mount("/dev", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
            mount(
                "/dev/pts", "devpts", ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"] + terminalGroup
            ),
        ]
        mounts += systemMounts()
        mounts.append(mount("/dev/mqueue", "mqueue", ["nosuid", "noexec", "nodev"]))
        if let memory = sharedMemory() { mounts.append(memory) }
        return mounts
    }

    /// /sys and the cgroups. In a user namespace the host's network cannot be shown by a sysfs of its own, and cgroups of
    /// version 1 cannot be mounted.
    private func systemMounts() -> [RuntimeSpec.Mount] {
        let access = spec.privileged ? "rw" : "ro"
        if !host.isRoot, spec.network == .host {
            let options = ["rbind", "nosuid", "noexec", "nodev", "ro"]
            return [RuntimeSpec.Mount(destination: "/sys", type: "bind", source: "/sys", options: options)]
        }
        let system = mount("/sys", "sysfs", ["nosuid", "noexec", "nodev", access])
        guard host.isRoot || host.usesCgroupV2 else { return [system] }
        return [system, mount("/sys/fs/cgroup", "cgroup", [access, "nosuid", "noexec", "nodev"])]
    }

    private func sharedMemory() -> RuntimeSpec.Mount? {
        switch spec.ipcNamespace {
        case .none: return nil
        case .host:
            return RuntimeSpec.Mount(
                destination: "/dev/shm", type: "bind", source: "/dev/shm", options: ["rbind", "rprivate"]
            )
        default:
            let size = spec.shmSize ?? 64 << 20
            return RuntimeSpec.Mount(
                destination: "/dev/shm", type: "tmpfs", source: "shm",
                options: ["nosuid", "noexec", "nodev", "mode=1777", "size=\(size)"]
            )
        }
    }

    private func ownFiles() -> [RuntimeSpec.Mount] {
        let access = spec.readOnlyRoot ? ["ro"] : []
        var mounts = [
            (directory.resolvConf, "/etc/resolv.conf"), (directory.hostname, "/etc/hostname"),
            (directory.hosts, "/etc/hosts"),
        ].map {
            RuntimeSpec.Mount(
                destination: $0.1, type: "bind", source: $0.0, options: ["rbind", "rprivate"] + access
            )
        }
        if let initProgram {
            mounts.append(
                RuntimeSpec.Mount(
                    destination: Self.initPath, type: "bind", source: initProgram, options: ["bind", "ro"]
                )
            )
        }
        return mounts
    }

    private func mount(_ destination: String, _ type: String, _ options: [String]) -> RuntimeSpec.Mount {
        RuntimeSpec.Mount(destination: destination, type: type, source: type, options: options)
    }

    private func mount(_ point: MountPoint) -> RuntimeSpec.Mount {
        let access = point.writable ? [] : ["ro"]
        switch point.kind {
        case .tmpfs:
            let words = point.options.split(separator: ",").map(String.init)
            return RuntimeSpec.Mount(
                destination: point.destination, type: "tmpfs", source: "tmpfs",
                options: Self.tmpfsOptions(words) + access
            )
        case .bind, .volume:
            let kind = point.recursion == .disabled ? "bind" : "rbind"
            // As docker since 25: a read-only directory is that with all that is mounted in it.
            let reachesBelow = [.enabled, .readonly].contains(point.recursion) && host.bindsRecursivelyReadOnly
            let propagation = point.propagation.isEmpty ? "rprivate" : point.propagation
            return RuntimeSpec.Mount(
                destination: point.destination, type: "bind", source: point.source,
                options: [kind, propagation] + access + (reachesBelow && !point.writable ? ["rro"] : [])
            )
        }
    }

    /// docker's defaults `noexec,nosuid,nodev`, each of which the user can turn round.
    private static func tmpfsOptions(_ words: [String]) -> [String] {
        let opposites = ["noexec": "exec", "nosuid": "suid", "nodev": "dev"]
        let defaults = ["noexec", "nosuid", "nodev"].filter { word in
            !words.contains(word) && !words.contains(opposites[word] ?? "")
        }
        return defaults + words
    }
}
