// SPDX-License-Identifier: Apache-2.0

extension SeccompProfile {
    /// The profile a container gets unless the user brings one: what programs need is allowed, everything else answers
    /// `EPERM`. A capability opens the calls that the kernel guards with it, as in docker's default profile.
    static func standard(capabilities: Set<String>, architectures: [String]) -> SeccompProfile {
        var rules = [Rule(names: SeccompCalls.always, action: allow)]
        rules += personalities + sockets
        rules.append(Rule(names: SeccompCalls.legacyX86 + ["arch_prctl", "modify_ldt"], action: allow))
        for (capability, names) in SeccompCalls.byCapability where capabilities.contains(capability) {
            rules.append(Rule(names: names, action: allow))
        }
        if !capabilities.contains("CAP_SYS_ADMIN") { rules += cloneWithoutNamespaces }
        return SeccompProfile(
            defaultAction: "SCMP_ACT_ERRNO", defaultErrnoRet: 1, architectures: architectures, syscalls: rules
        )
    }

    /// The seccomp names of the architectures that a program on `machine` (uname -m) may use.
    static func architectures(machine: String) -> [String] {
        switch machine {
        case "x86_64": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]
        case "aarch64": ["SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"]
        case "riscv64": ["SCMP_ARCH_RISCV64"]
        case "s390x": ["SCMP_ARCH_S390X", "SCMP_ARCH_S390"]
        case "ppc64le": ["SCMP_ARCH_PPC64LE"]
        default: []
        }
    }

    private static let allow = "SCMP_ACT_ALLOW"

    /// Only the harmless execution domains: Linux, 32-bit variants and the query 0xffffffff (personality(2)).
    private static var personalities: [Rule] {
        [0x0, 0x0008, 0x20000, 0x20008, 0xffff_ffff].map {
            Rule(names: ["personality"], action: allow, args: [Argument(index: 0, value: $0, op: "SCMP_CMP_EQ")])
        }
    }

    /// All address families but AF_ALG (38), a large kernel surface that containers do not need, and AF_VSOCK (40),
    /// which would reach the hypervisor past the network namespace. libseccomp takes one condition an argument, so
    /// the gap is described by three rules.
    private static var sockets: [Rule] {
        [("SCMP_CMP_LT", 38), ("SCMP_CMP_EQ", 39), ("SCMP_CMP_GT", 40)].map {
            Rule(names: ["socket"], action: allow, args: [Argument(index: 0, value: $0.1, op: $0.0)])
        }
    }

    /// clone(2) without any CLONE_NEW* flag; clone3(2) passes its flags in memory that seccomp cannot see, so it
    /// answers ENOSYS (38) and the C library falls back to clone.
    private static var cloneWithoutNamespaces: [Rule] {
        let namespaceFlags: UInt64 = 0x7E02_0000
        return [
            Rule(
                names: ["clone"], action: allow,
                args: [Argument(index: 0, value: namespaceFlags, valueTwo: 0, op: "SCMP_CMP_MASKED_EQ")]
            ),
            Rule(names: ["clone3"], action: "SCMP_ACT_ERRNO", errnoRet: 38),
        ]
    }
}
