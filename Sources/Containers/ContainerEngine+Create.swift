// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import DockerFormat
import Glibc
import OCI
import TarArchive

extension ContainerEngine {
    /// Makes a container that can be started.
    ///
    /// - Parameter name: `nil` gives a random one.
    /// - Throws: docker's `conflict` when the name is taken, `invalid` for what the spec or the image says wrong.
    public func create(_ spec: ContainerSpec, name: String? = nil, image: ContainerImage) throws -> Container {
        if let name {
            try ContainerName.check(name)
            // Before layers are copied; the claim itself comes last.
            if let owner = try store.owner(of: name) { throw ContainerStore.taken(name, by: owner) }
        }
        var generator = SystemRandomNumberGenerator()
        let id = ContainerID.random(using: &generator)
        var container = try prepare(spec, id: id, name: name ?? "", image: image)
        let store = try self.store
        let directory = store.directory(id)
        var anonymous: [String] = []
        let making = try store.makeLocked(directory.path)
        defer { withExtendedLifetime(making) {} }
        do {
            try Files.makeDirectories(directory.bundle)
            try Files.makeDirectories(directory.exits)
            let root = try rootFileSystem(of: container)
            try root.create()
            try checkWorkingDirectory(of: container, in: root.base)
            container.mounts = try resolveMounts(container, base: root.base, anonymous: &anonymous)
            try populateVolumes(container, base: root.base)
            container.name = try register(container, wanted: name, image: image, using: &generator)
        } catch {
            for volume in anonymous { try? volumes.remove(volume) }
            try? Files.removeTree(directory.path)
            throw error
        }
        return container
    }

    private func checkWorkingDirectory(of container: Container, in base: MergedDirectory) throws(ContainerError) {
        let path = container.configuration.workingDirectory
        guard let status = base.lookup(BytePath(PathText.clean(path)))?.status, status.st_mode & S_IFMT == S_IFREG
        else {
            return
        }
        throw .invalid("Cannot mkdir: \(path) is not a directory")
    }

    /// Merges and checks everything that needs no disk.
    private func prepare(_ spec: ContainerSpec, id: ContainerID, name: String, image: ContainerImage) throws
        -> Container
    {
        var spec = spec
        // As with docker, a container keeps the runtime it was made for.
        spec.runtime = spec.runtime ?? options.runtime
        if spec.runtime != nil { _ = try runtime(for: spec) }
        try spec.validate(processors: host.processors)
        if !host.isRoot, spec.network == .bridge, spec.ipAddress != nil || spec.macAddress != nil {
            throw ContainerError.invalid("--ip and --mac-address need root: without it the host's addresses are used")
        }
        try resolveJoinedContainers(&spec)
        if spec.sharesHostNamespaces, !spec.securityOptions.contains(where: { $0.hasPrefix("label=") || $0 == "label" })
        {
            spec.securityOptions.append("label=disable")
        }
        spec.capabilitiesAdded = spec.capabilitiesAdded.map(Capabilities.normalized)
        spec.capabilitiesDropped = spec.capabilitiesDropped.map(Capabilities.normalized)
        // What a start would find out anyway is said before there is a container.
        _ = try Capabilities.resolve(
            adding: spec.capabilitiesAdded, dropping: spec.capabilitiesDropped, privileged: spec.privileged,
            supported: Capabilities.named(in: host.capabilities))
        let configuration = try ContainerConfiguration(spec: spec, image: image.config, id: id, host: host)
        let prefix = options.root + "/"
        return Container(
            id: id, name: name, created: .now(), spec: spec, imageID: image.id.description,
            configuration: configuration,
            mounts: [],
            layers: image.layers.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 },
            driver: try options.driver ?? preferredDriver(),
            platform: "\(image.config.os)/\(image.config.architecture)", state: ContainerState()
        )
    }

    /// Claims the name and writes the record, which makes the container exist.
    private func register(
        _ container: Container, wanted: String?, image: ContainerImage,
        using generator: inout some RandomNumberGenerator
    ) throws -> String {
        let store = try self.store
        var random = generator
        return try store.holdingLock {
            var named = container
            if let wanted {
                try store.claim(wanted, for: container.id)
                named.name = wanted
            } else {
                named.name = try claimRandomName(for: container.id, using: &random)
            }
            do {
                try catalog(named, imageID: image.id, config: image.config)
                try store.save(named)
            } catch {
                store.release(named.name, of: container.id)
                try? catalogRemoved(container.id)
                throw error
            }
            return named.name
        }
    }

    /// docker's way: a few tries, then with a digit, then the short ID.
    private func claimRandomName(
        for id: ContainerID, using generator: inout some RandomNumberGenerator
    ) throws -> String {
        let store = try self.store
        for attempt in 0..<6 {
            var name = ContainerName.random(using: &generator)
            if attempt > 0 { name += String(Int.random(in: 0..<10, using: &generator)) }
            do throws(ContainerError) {
                try store.claim(name, for: id)
                return name
            } catch .conflict {
                continue
            }
        }
        try store.claim(id.short, for: id)
        return id.short
    }
}
