// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import DockerFormat
import Glibc

extension ContainerEngine {
    /// Makes a volume; one that is there already is given back as it is.
    ///
    /// - Parameters:
    ///   - name: `nil` makes an anonymous one.
    ///   - driver: `local` is the only one.
    public func createVolume(
        _ name: String?, driver: String = "local", labels: [String: String] = [:], options: [String: String] = [:]
    ) throws -> Volume {
        var generator = SystemRandomNumberGenerator()
        let chosen = name ?? ContainerID.random(using: &generator).hex
        do { try VolumeStore.check(driver: driver) } catch { throw error.prefixed("create \(chosen): ") }
        let template = Volume(name: chosen, created: .now(), labels: labels, options: options, isAnonymous: name == nil)
        return try volumes.findOrCreate(chosen, template: template)
    }

    /// All volumes, by name.
    public func listVolumes() throws -> [Volume] {
        try volumes.all()
    }

    public func volume(_ name: String) throws -> Volume {
        try Self.checkNotEmpty(name)
        guard let volume = try volumes.find(name) else {
            throw ContainerError.notFound("get \(name): no such volume")
        }
        return volume
    }

    /// Deletes a volume that no container, running or not, uses.
    public func removeVolume(_ name: String, force: Bool = false) throws {
        try Self.checkNotEmpty(name)
        guard try volumes.find(name) != nil else {
            if force { return }
            throw ContainerError.notFound("get \(name): no such volume")
        }
        let users = try list().filter { container in container.mounts.contains { $0.name == name } }
        guard users.isEmpty else {
            throw ContainerError.conflict(
                "remove \(name): volume is in use - [\(users.map(\.id.hex).joined(separator: ", "))]"
            )
        }
        try volumes.remove(name)
    }

    private static func checkNotEmpty(_ name: String) throws(ContainerError) {
        guard !name.allSatisfy(\.isWhitespace) else { throw .emptyName(of: "volume") }
    }

    /// Names of the volumes that containers use, with the number of those containers.
    public func volumeUses() throws -> [String: Int] {
        var uses: [String: Int] = [:]
        for container in try list() {
            for name in Set(container.mounts.compactMap(\.name)) { uses[name, default: 0] += 1 }
        }
        return uses
    }

    /// Bytes in a volume, each file once.
    public func volumeSize(_ name: String) throws -> Int64 {
        var seen: Set<UInt64> = []
        func size(_ directory: MergedDirectory) throws -> Int64 {
            try directory.entries().reduce(0) { total, entry in
                if let children = entry.children { return total + (try size(children)) }
                if entry.status.st_nlink > 1, !seen.insert(UInt64(entry.status.st_ino)).inserted { return total }
                return total + Int64(entry.status.st_size)
            }
        }
        return try size(MergedDirectory(sources: [try volume(name).mountpoint]))
    }
}
