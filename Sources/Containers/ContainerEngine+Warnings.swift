// SPDX-License-Identifier: Apache-2.0

extension ContainerEngine {
    /// What a container can't have here of what it asks for, in docker's words where it has some.
    public func warnings(for spec: ContainerSpec) -> [String] {
        var warnings: [String] = []
        for server in spec.dnsServers where server.hasPrefix("127.") || server == "::1" {
            warnings.append("Localhost DNS (\(server)) may fail in containers.")
        }
        if spec.resources.oomKillDisabled, spec.resources.memory == nil {
            warnings.append(
                """
                OOM killer is disabled for the container, but no memory limit is set, this can result in the system \
                running out of resources.
                """)
        }
        if spec.network == .host, !spec.publishedPorts.isEmpty {
            warnings.append("Published ports are discarded when using host network mode")
        }
        if !host.isRoot, spec.cgroupParent != nil {
            warnings.append(
                "Without root there is no cgroup of the machine to put containers in. Cgroup parent discarded.")
        }
        return warnings + self.warnings(for: spec.resources)
    }

    /// Limits that nothing enforces: without root containers have no cgroup of their own.
    public func warnings(for resources: ContainerResources) -> [String] {
        host.isRoot ? resources.discarded(by: Controllers()) : resources.discarded(by: .none)
    }
}

/// Which limits the machine's cgroups know.
struct Controllers {
    static let none = Controllers(limits: false, blockWeight: false)

    /// Those of memory, processors and processes.
    let limits: Bool
    let blockWeight: Bool

    private init(limits: Bool, blockWeight: Bool) {
        self.limits = limits
        self.blockWeight = blockWeight
    }

    /// This machine's, for root.
    init() {
        self.init(
            limits: true,
            blockWeight: Files.exists("/sys/fs/cgroup/blkio/blkio.weight")
                || Files.exists("/sys/fs/cgroup/blkio/blkio.bfq.weight")
                || Files.exists("/sys/fs/cgroup/cgroup.controllers"))
    }
}

extension ContainerResources {
    fileprivate func discarded(by controllers: Controllers) -> [String] {
        func text(_ what: String, _ result: String) -> String {
            "Your kernel does not support \(what) or the cgroup is not mounted. \(result)"
        }
        var warnings: [String] = []
        if let blkioWeight, blkioWeight != 0, !controllers.blockWeight {
            warnings.append(text("Block I/O weight", "Weight discarded."))
        }
        guard !controllers.limits else { return warnings }
        if memory != nil { warnings.append(text("memory limit capabilities", "Limitation discarded.")) }
        if memorySwap != nil { warnings.append(text("swap limit capabilities", "Memory limited without swap.")) }
        if memorySwappiness != nil {
            warnings.append(text("memory swappiness capabilities", "Memory swappiness discarded."))
        }
        if memoryReservation != nil {
            warnings.append(text("memory soft limit capabilities", "Limitation discarded."))
        }
        if oomKillDisabled { warnings.append("Your kernel does not support OomKillDisable. OomKillDisable discarded.") }
        if pidsLimit != nil { warnings.append(text("PIDs limit capabilities", "PIDs limit discarded.")) }
        if cpuShares != nil { warnings.append(text("CPU shares", "Shares discarded.")) }
        if cpuPeriod != nil { warnings.append(text("CPU CFS period", "Period discarded.")) }
        if cpuQuota != nil { warnings.append(text("CPU CFS quota", "Quota discarded.")) }
        if nanoCPUs != nil { warnings.append(text("CPU CFS scheduler", "CPUs discarded.")) }
        if cpusetCPUs != nil || cpusetMemoryNodes != nil { warnings.append(text("cpuset", "Cpuset discarded.")) }
        return warnings
    }
}
