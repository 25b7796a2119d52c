// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat

extension ContainerListing {
    /// - Parameter image: as the listing shows it.
    init(_ container: Container, image: String, now: Timestamp) {
        self.init(id: container.id.hex, image: image, created: container.created)
        created.nanosecond = 0
        names = [container.name]
        imageID = container.imageID
        command = Self.command(container.processArguments)
        labels = container.configuration.labels
        state = container.state.status.rawValue
        status = container.state.summary(now: now)
        ports = container.listedPorts
        networks = container.networkNames
        mounts = container.listedMounts.map { mount in
            Mount(name: mount.name ?? "", source: mount.source, driver: mount.driver ?? "")
        }
    }

    /// Arguments with spaces are quoted, but not the program.
    private static func command(_ arguments: [String]) -> String {
        let rest = arguments.dropFirst().map { $0.utf8.contains(UInt8(ascii: " ")) ? "'\($0)'" : $0 }
        return (arguments.prefix(1) + rest).joined(separator: " ")
    }
}

extension Container {
    var listedMounts: [MountPoint] { mounts.filter(\.isListed) }

    /// Published ports, and those that are only exposed, of a running container.
    var listedPorts: [PublishedPort] {
        guard state.isActive else { return [] }
        let bound = state.network?.ports ?? []
        let published = bound.map {
            PublishedPort(
                address: $0.hostIP, containerPort: Int($0.containerPort), hostPort: Int($0.hostPort),
                transport: $0.transport)
        }
        let keys = Set(bound.map { "\($0.containerPort)/\($0.transport)" })
        let exposed = spec.network == .bridge ? configuration.exposedPorts.filter { !keys.contains($0) } : []
        return published
            + exposed.compactMap { key in
                let parts = key.split(separator: "/")
                guard parts.count == 2, let number = Int(parts[0]) else { return nil }
                return PublishedPort(containerPort: number, transport: String(parts[1]))
            }
    }

    var networkNames: [String] {
        switch spec.network {
        case .bridge: ["bridge"]
        case .host: ["host"]
        case .none: ["none"]
        case .container: []
        }
    }
}

extension ContainerState {
    /// The STATUS column (moby, container.State.String).
    func summary(now: Timestamp) -> String {
        switch status {
        case .running: "Up \(HumanDuration.text(from: startedAt, to: now))" + healthNote
        case .paused: "Up \(HumanDuration.text(from: startedAt, to: now)) (Paused)"
        case .restarting: "Restarting (\(exitCode)) \(HumanDuration.text(from: finishedAt, to: now)) ago"
        case .removing: "Removal In Progress"
        case .dead: "Dead"
        case .created: "Created"
        case .exited: "Exited (\(exitCode)) \(HumanDuration.text(from: finishedAt, to: now)) ago"
        }
    }

    private var healthNote: String {
        switch health?.status {
        case nil: ""
        case .starting: " (health: starting)"
        case .healthy: " (healthy)"
        case .unhealthy: " (unhealthy)"
        }
    }
}
