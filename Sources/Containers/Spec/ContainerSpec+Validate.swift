// SPDX-License-Identifier: Apache-2.0

extension ContainerSpec {
    /// Checks of the spec against itself, with docker's texts.
    func validate(processors: Int) throws(ContainerError) {
        try resources.validate(processors: processors)
        _ = try SecurityOptions(securityOptions)
        if autoRemove, restartPolicy != .no {
            throw .invalid("can't create 'AutoRemove' container with restart policy")
        }
        try validateHealthCheck()
        if let stopSignal { _ = try Signal.parse(stopSignal) }
        if let ipAddress, !IPAddress.isVersion4(ipAddress) {
            throw .invalid("invalid IPv4 address: \(ipAddress)")
        }
        if ipAddress != nil, network != .bridge {
            throw .invalid("user specified IP address is supported on user defined networks only")
        }
        if let weight = resources.blkioWeight, weight != 0, !(10...1000).contains(weight) {
            throw .invalid("Range of blkio weight is from 10 to 1000")
        }
        if case .container = network { try validateSharedNetwork() }
        if utsNamespace == .host, hostname != nil {
            throw .invalid("conflicting options: hostname and the UTS mode")
        }
        if let shmSize, shmSize < 0 { throw .invalid("SHM size can not be less than 0") }
        if let adjustment = oomScoreAdjustment, !(-1000...1000).contains(adjustment) {
            throw .invalid("Invalid value \(adjustment), range for oom score adj is [-1000, 1000]")
        }
        if userNamespace != .isolated, userNamespace != .host { throw .invalid("invalid userns mode") }
    }

    /// The engine probes no more often than every millisecond.
    private func validateHealthCheck() throws(ContainerError) {
        guard let check = healthcheck else { return }
        let times = [
            ("Interval", check.interval), ("Timeout", check.timeout), ("StartPeriod", check.startPeriod),
            ("StartInterval", check.startInterval),
        ]
        for (name, time) in times where time != 0 && time < 1_000_000 {
            throw .invalid("\(name) in Healthcheck cannot be less than 1ms")
        }
    }

    private func validateSharedNetwork() throws(ContainerError) {
        if hostname != nil {
            throw .invalid("conflicting options: hostname and the network mode")
        }
        if !publishedPorts.isEmpty || publishAll {
            throw .invalid("conflicting options: port publishing and the container type network mode")
        }
        if !exposedPorts.isEmpty {
            throw .invalid("conflicting options: port exposing and the container type network mode")
        }
        if macAddress != nil { throw .invalid("conflicting options: mac-address and the network mode") }
        if !dnsServers.isEmpty { throw .invalid("conflicting options: dns and the network mode") }
        if !extraHosts.isEmpty {
            throw .invalid("conflicting options: custom host-to-IP mapping and the network mode")
        }
    }
}
