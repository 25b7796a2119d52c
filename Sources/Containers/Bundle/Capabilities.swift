// SPDX-License-Identifier: Apache-2.0

/// Linux capabilities of a container's processes, and docker's rules for `--cap-add` and `--cap-drop`.
enum Capabilities {
    /// What a container gets by default (docker-behaviour: the set of the engine's default profile).
    static let standard = [
        "CHOWN", "DAC_OVERRIDE", "FSETID", "FOWNER", "MKNOD", "NET_RAW", "SETGID", "SETUID", "SETFCAP", "SETPCAP",
        "NET_BIND_SERVICE", "SYS_CHROOT", "KILL", "AUDIT_WRITE",
    ].map { "CAP_" + $0 }

    /// All capabilities in the order of their numbers (linux/capability.h).
    static let all = [
        "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
        "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER",
        "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE",
        "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP",
        "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF",
        "CHECKPOINT_RESTORE",
    ].map { "CAP_" + $0 }

    /// Those of `all` in a set of bits: asking for one that this process doesn't have is an error in the runtime.
    static func named(in bits: UInt64) -> [String] {
        all.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element)
    }

    /// Applies `--cap-add`, `--cap-drop` and `--privileged` to the default set.
    static func resolve(
        adding: [String], dropping: [String], privileged: Bool, supported: [String]
    ) throws(ContainerError) -> [String] {
        if privileged { return supported }
        let added = try adding.map { name throws(ContainerError) in try normalize(name, "CapAdd", supported) }
        let dropped = try dropping.map { name throws(ContainerError) in try normalize(name, "CapDrop", supported) }
        // What is added by its name wins over what is dropped (moby `TweakCapabilities`).
        if added.contains("ALL") { return supported.filter { !dropped.contains($0) } }
        if dropped.contains("ALL") { return added }
        let kept = standard.filter { supported.contains($0) && !dropped.contains($0) }
        return kept + added.filter { !kept.contains($0) }
    }

    /// In capitals, with `CAP_` in front.
    static func normalized(_ name: String) -> String {
        let upper = name.uppercased()
        return upper == "ALL" || upper.hasPrefix("CAP_") ? upper : "CAP_" + upper
    }

    private static func normalize(
        _ name: String, _ list: String, _ supported: [String]
    ) throws(ContainerError) -> String {
        let full = normalized(name)
        if full == "ALL" { return full }
        guard all.contains(full) else { throw .invalid("invalid \(list): unknown capability: \"\(full)\"") }
        guard supported.contains(full) else {
            throw .invalid(
                "invalid \(list): capability not supported by your kernel or not available in the current environment: \"\(full)\""
            )
        }
        return full
    }
}
