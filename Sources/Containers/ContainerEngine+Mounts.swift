// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import DockerFormat
import Glibc
import TarArchive

extension ContainerEngine {
    /// Turns the wishes of the user, of `--volumes-from` and of the image into mounts, making volumes on the way.
    ///
    /// - Parameter anonymous: gets the names of the volumes made for this container alone, also when this throws.
    func resolveMounts(
        _ container: Container, base: MergedDirectory, anonymous: inout [String]
    ) throws -> [MountPoint] {
        let directory = try store.directory(container.id)
        var points: [String: MountPoint] = [:]
        var order: [String] = []
        func add(_ point: MountPoint, replaces: Bool) {
            guard replaces || points[point.destination] == nil else { return }
            if points.updateValue(point, forKey: point.destination) == nil { order.append(point.destination) }
        }
        for text in container.spec.volumesFrom {
            for point in try mounts(from: text) { add(point, replaces: true) }
        }
        var seen: Set<String> = []
        for mount in container.spec.mounts {
            let target = PathText.clean(mount.target)
            guard seen.insert(target).inserted else { throw ContainerError.invalid("Duplicate mount point: \(target)") }
            var point = try resolve(mount, target: target, in: directory, anonymous: &anonymous)
            // What docker's engine asks for where no mode is given: a label that containers may share.
            if point.kind == .volume, point.mode.isEmpty { point.mode = "z" }
            add(point, replaces: true)
        }
        for path in container.configuration.volumes where points[PathText.clean(path)] == nil {
            let target = PathText.clean(path)
            guard target != "/" else { continue }
            let mount = MountSpec(kind: .volume, target: target)
            add(try resolve(mount, target: target, in: directory, anonymous: &anonymous), replaces: false)
        }
        return order.compactMap { points[$0] }
    }

    private func mounts(from text: String) throws -> [MountPoint] {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard let name = parts.first else {
            throw ContainerError.invalid("invalid volumes-from specification: \(text)")
        }
        let mode = parts.count == 2 ? parts[1] : "rw"
        guard ["ro", "rw", "z", "Z"].contains(mode) else {
            throw ContainerError.invalid("invalid mode: \(mode)")
        }
        return try inspect(name).mounts.filter { $0.kind != .tmpfs }.map { point in
            var shared = point
            shared.writable = point.writable && mode != "ro"
            // The volume stays the other container's.
            shared.isAnonymous = false
            shared.mode = ""
            return shared
        }
    }

    private func resolve(
        _ mount: MountSpec, target: String, in directory: ContainerDirectory, anonymous: inout [String]
    ) throws -> MountPoint {
        var point = MountPoint(
            kind: mount.kind, source: "", destination: target, mode: mount.mode, writable: !mount.readOnly,
            propagation: "", options: mount.tmpfsOptions, recursion: mount.recursion, isListed: mount.flag != .tmpfs
        )
        switch mount.kind {
        case .tmpfs: break
        case .bind:
            if mount.recursion == .readonly, !host.bindsRecursivelyReadOnly {
                throw ContainerError.invalid("bind-recursive=readonly needs Linux 5.12 or later")
            }
            point.source = try bindSource(mount)
            point.propagation = mount.propagation ?? "rprivate"
        case .volume:
            var generator = SystemRandomNumberGenerator()
            let name = mount.source ?? ContainerID.random(using: &generator).hex
            let template = Volume(
                name: name, created: .now(), labels: mount.volumeLabels, options: mount.volumeOptions,
                isAnonymous: mount.source == nil
            )
            if let driver = mount.volumeDriver { try VolumeStore.check(driver: driver) }
            if mount.source == nil {
                anonymous.append(name)
                try Files.writeAtomically(Array(anonymous.joined(separator: "\n").utf8), to: directory.ownVolumes)
            }
            let volume = try volumes.findOrCreate(name, template: template)
            point.name = name
            point.source = volume.mountpoint
            point.driver = volume.driver
            point.isAnonymous = mount.source == nil
        }
        return point
    }

    private func bindSource(_ mount: MountSpec) throws -> String {
        let source = PathText.clean(mount.source ?? "")
        guard !Files.exists(source) else { return source }
        guard mount.createsSource else {
            throw ContainerError.invalid(
                "invalid mount config for type \"bind\": bind source path does not exist: \(source)"
            )
        }
        try Files.makeDirectories(source, mode: 0o755)
        return source
    }

    /// Gives empty volumes what the image has at their place, with owner and mode, as docker does at create.
    func populateVolumes(_ container: Container, base: MergedDirectory) throws {
        let excluded = Set(container.spec.mounts.filter { !$0.copiesUp }.map { PathText.clean($0.target) })
        for point in container.mounts where point.kind == .volume && !excluded.contains(point.destination) {
            guard try Files.names(in: point.source).isEmpty, let entry = base.resolve(BytePath(point.destination)),
                let children = entry.children
            else { continue }
            try TreeCopier.copyContents(of: children, to: BytePath(point.source))
            try TreeCopier.copyAttributes(from: entry.path, to: BytePath(point.source))
        }
    }
}
