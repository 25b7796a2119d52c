// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

/// Named and anonymous volumes: `volumes/<name>/_data` and a record beside it.
public struct VolumeStore: Sendable {
    let root: String
    private var directory: String { root + "/volumes" }

    init(root: String) {
        self.root = root
    }

    func path(_ name: String) -> String { "\(directory)/\(name)/_data" }

    private func record(_ name: String) -> String { "\(directory)/\(name)/volume.json" }

    /// The volume called `name`; made when it isn't there.
    func findOrCreate(_ name: String, template: Volume) throws -> Volume {
        try VolumeName.check(name)
        if let option = template.options.keys.sorted().first {
            throw ContainerError.invalid(
                "create \(name): the option \"\(option)\" is not supported: use a bind mount or --tmpfs")
        }
        try Files.makeDirectories(root + "/locks")
        return try FileLock.holding(root + "/locks/volumes", .exclusive) {
            if let known = try find(name) { return known }
            try Files.makeDirectories(path(name), mode: 0o755)
            var volume = template
            volume.mountpoint = path(name)
            try Files.writeAtomically(try JSONText.encode(volume), to: record(name))
            return volume
        }
    }

    /// There are no plugins.
    static func check(driver: String) throws(ContainerError) {
        guard driver != "local" else { return }
        throw .notFound("error looking up volume plugin \(driver): plugin \"\(driver)\" not found")
    }

    func find(_ name: String) throws(ContainerError) -> Volume? {
        guard VolumeName.isValid(name) else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try Files.read(record(name))
        } catch {
            if error.errno == ENOENT { return nil }
            throw .system(error.description)
        }
        var volume = try JSONText.decode(Volume.self, from: bytes, path: record(name))
        volume.mountpoint = path(name)
        return volume
    }

    func all() throws -> [Volume] {
        try Files.names(in: directory).compactMap { try find($0) }
    }

    /// Deletes a volume and what is in it; the caller has made sure that no container uses it.
    func remove(_ name: String) throws {
        try FileLock.holding(root + "/locks/volumes", .exclusive) {
            unlink(record(name))
            try Files.removeTree("\(directory)/\(name)")
        }
    }
}
