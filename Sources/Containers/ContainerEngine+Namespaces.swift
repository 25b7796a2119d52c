// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

extension ContainerEngine {
    /// Namespaces of other containers that this one joins; those must be running.
    func joinedNamespaces(_ container: Container) throws -> BundleBuilder.Namespaces {
        var result = BundleBuilder.Namespaces()
        if case .container(let name) = container.spec.network {
            result.network = try namespace("net", of: name, verb: "network")
        }
        if case .container(let name) = container.spec.pidNamespace {
            result.pid = try namespace("pid", of: name, verb: "PID")
        }
        if case .container(let name) = container.spec.ipcNamespace {
            result.ipc = try namespace("ipc", of: name, verb: "IPC")
            let mode = try inspect(name).spec.ipcNamespace
            guard mode != .isolated, mode != .none else {
                throw ContainerError.invalid(
                    "can't join IPC of container \(name): non-shareable IPC (hint: use IpcMode:shareable for the donor "
                        + "container)")
            }
        }
        return result
    }

    /// Names the containers whose namespaces a new one joins by their IDs.
    ///
    /// docker takes SELinux labels from the containers whose IPC and PID namespaces a new one joins (moby
    /// `generateSecurityOpt`), so those must be there when it is made; the network's is looked for at the start.
    func resolveJoinedContainers(_ spec: inout ContainerSpec) throws {
        let takesLabels = !spec.sharesHostNamespaces
        func resolve(_ name: String, isNeeded: Bool) throws -> String {
            do {
                return try store.find(name).hex
            } catch  where !isNeeded {
                return name
            }
        }
        if case .container(let name) = spec.ipcNamespace {
            spec.ipcNamespace = .container(try resolve(name, isNeeded: takesLabels))
        }
        if case .container(let name) = spec.pidNamespace {
            spec.pidNamespace = .container(try resolve(name, isNeeded: takesLabels))
        }
        if case .container(let name) = spec.network {
            spec.network = .container(try resolve(name, isNeeded: false))
        }
    }

    private func namespace(_ kind: String, of name: String, verb: String) throws -> String {
        let other = try inspect(name)
        guard other.state.isActive, let process = other.state.process else {
            throw ContainerError.conflict("cannot join \(verb) namespace of a non running container: \(other.id.hex)")
        }
        return "/proc/\(process.pid)/ns/\(kind)"
    }

    /// Takes the host ports of a container that has a network of its own.
    func boundPorts(_ container: Container) throws -> HostPorts {
        // Without root pasta takes the ports itself.
        guard container.spec.network == .bridge, host.isRoot else { return try HostPorts([], endpoint: "") }
        var bindings = container.spec.publishedPorts
        if container.spec.publishAll {
            let published = Set(bindings.map(\.containerKey))
            for key in container.configuration.exposedPorts where !published.contains(key) {
                bindings += try PortBinding.parse(key)
            }
        }
        return try HostPorts(bindings, endpoint: "\(container.name) (\(container.id.hex))")
    }

    /// Writes the files that are bound over the image's in /etc.
    func writeEtcFiles(_ container: Container, _ directory: ContainerDirectory) throws {
        let spec = container.spec
        if case .container(let name) = spec.network {
            let other = try store.directory(try store.find(name))
            // The same files, as docker has it: what one container writes there the other reads.
            for (from, to) in [
                (other.hosts, directory.hosts), (other.hostname, directory.hostname),
                (other.resolvConf, directory.resolvConf),
            ] {
                unlink(to)
                guard link(from, to) == 0 else { throw IOError(errno: errno, operation: "link", path: to) }
            }
            return
        }
        let configuration = container.configuration
        let attachment = container.state.network
        var hosts = EtcFiles.hosts(
            hostname: configuration.hostname, domainName: configuration.domainName,
            address: attachment.flatMap { $0.ipAddress.isEmpty ? nil : $0.ipAddress },
            extra: spec.extraHosts, gateway: attachment?.gateway
        )
        if spec.network == .host {
            hosts = host.hosts + EtcFiles.extraHosts(spec.extraHosts, gateway: nil)
        }
        let resolvConf = EtcFiles.resolvConf(
            host: host.resolvConf, servers: spec.dnsServers, search: spec.dnsSearch, options: spec.dnsOptions,
            sharesHostNetwork: spec.network == .host
        )
        try Files.write(hosts, to: directory.hosts, mode: 0o644)
        try Files.write(resolvConf, to: directory.resolvConf, mode: 0o644)
        try Files.write(configuration.hostname + "\n", to: directory.hostname, mode: 0o644)
    }
}
