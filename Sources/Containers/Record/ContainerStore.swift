// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

/// The containers' records on disk, and the claims on their names.
///
/// `containers/<id>/record.json` is a container; `containers/names/<name>` is a symbolic link to the ID that owns the
/// name, which makes a claim atomic. Both change only under `locks/containers`; a record's content changes under the
/// container's own lock.
struct ContainerStore {
    let root: String

    private var containers: String { root + "/containers" }
    private var names: String { containers + "/names" }

    init(root: String) throws(IOError) {
        self.root = root
        do {
            try Files.makeDirectories(root + "/containers/names")
            try Files.makeDirectories(root + "/locks")
        } catch  where error.errno == EROFS || error.errno == EACCES {
            // A store that can only be read has what it has.
        }
    }

    func directory(_ id: ContainerID) -> ContainerDirectory {
        ContainerDirectory(path: "\(containers)/\(id.hex)")
    }

    /// Runs `body` while no other process changes names or the list.
    func holdingLock<Result>(_ body: () throws -> Result) throws -> Result {
        try FileLock.holding(root + "/locks/containers", .exclusive, body)
    }

    // MARK: Reading

    func ids() throws(IOError) -> [ContainerID] {
        try Files.names(in: containers).compactMap(ContainerID.init)
    }

    /// `nil` when there is no such container.
    func load(_ id: ContainerID) throws(ContainerError) -> Container? {
        let path = directory(id).record
        let bytes: [UInt8]
        do {
            bytes = try Files.read(path)
        } catch {
            if error.errno == ENOENT || error.errno == ENOTDIR { return nil }
            throw .system(error.description)
        }
        return try JSONText.decode(Container.self, from: bytes, path: path)
    }

    /// docker's order: full ID, name, unique prefix of an ID.
    func find(_ text: String) throws(ContainerError) -> ContainerID {
        guard !text.allSatisfy(\.isWhitespace) else { throw .emptyName(of: "container") }
        if let id = ContainerID(text), Files.exists(directory(id).record) { return id }
        let name = text.hasPrefix("/") ? String(text.dropFirst()) : text
        if let owner = owner(of: name) { return owner }
        guard text.utf8.allSatisfy(ContainerID.isHex) else { throw Self.unknown(text) }
        let all: [ContainerID]
        do { all = try ids() } catch { throw .system(error.description) }
        let matches = all.filter { $0.hex.hasPrefix(text) && Files.exists(directory($0).record) }
        guard let match = matches.first else { throw Self.unknown(text) }
        guard matches.count == 1 else {
            throw .invalid("Multiple IDs found with provided prefix: \(text)")
        }
        return match
    }

    static func unknown(_ text: String) -> ContainerError {
        .notFound("No such container: \(text)")
    }

    /// The container that holds `name`; a claim whose container has gone does not count.
    func owner(of name: String) -> ContainerID? {
        guard !name.contains("/"), !name.isEmpty else { return nil }
        guard let id = Files.containerLink("\(names)/\(name)"), Files.exists(directory(id).record) else { return nil }
        return id
    }

    static func taken(_ name: String, by owner: ContainerID) -> ContainerError {
        .conflict(
            "Conflict. The container name \"/\(name)\" is already in use by container \"\(owner.hex)\". You have to remove (or rename) that container to be able to reuse that name."
        )
    }

    // MARK: Making

    /// Makes a directory below `containers/` and locks it. Only a killed maker leaves one without a lock and a record.
    func makeLocked(_ path: String) throws -> OwnedFD {
        let descriptor = try holdingLock { () throws -> Int32? in
            try Files.makeDirectories(path)
            return try FileLock.directory(path)?.release()
        }
        guard let descriptor else { throw IOError(errno: EWOULDBLOCK, operation: "lock", path: path) }
        return OwnedFD(adopting: descriptor)
    }

    /// Locks a directory whose maker has died; nil when it is being made, is a container, or has gone.
    func lockAbandoned(_ path: String) throws -> OwnedFD? {
        let descriptor = try holdingLock { () throws -> Int32? in
            guard Files.isDirectory(path), !Files.exists(ContainerDirectory(path: path).record) else { return nil }
            return try FileLock.directory(path)?.release()
        }
        return descriptor.map { OwnedFD(adopting: $0) }
    }

    /// The directories of trials of the overlay.
    func probes() throws(IOError) -> [String] {
        try Files.names(in: containers).filter { $0.hasPrefix(Self.probePrefix) }.map { "\(containers)/\($0)" }
    }

    func newProbe() -> String {
        "\(containers)/\(Self.probePrefix)\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    }

    private static let probePrefix = "probe-"

    // MARK: Writing

    func save(_ container: Container) throws(ContainerError) {
        let bytes = try JSONText.encode(container)
        do {
            try Files.writeAtomically(bytes, to: directory(container.id).record)
        } catch {
            throw .system(error.description)
        }
    }

    /// Gives all names of a container back whose record doesn't tell them; the caller holds `holdingLock`.
    func releaseNames(of id: ContainerID) throws(IOError) {
        for name in try Files.names(in: names) { release(name, of: id) }
    }

    /// Claims `name` for `id`; the caller holds `holdingLock`.
    func claim(_ name: String, for id: ContainerID) throws(ContainerError) {
        if let owner = owner(of: name) { throw Self.taken(name, by: owner) }
        let path = "\(names)/\(name)"
        // What is left is the claim of a container that was never finished or is being removed.
        unlink(path)
        guard symlink(id.hex, path) == 0 else {
            throw .system(IOError(errno: errno, operation: "symlink", path: path).description)
        }
    }

    /// Gives `name` up if `id` holds it; the caller holds `holdingLock`.
    func release(_ name: String, of id: ContainerID) {
        let path = "\(names)/\(name)"
        if Files.containerLink(path) == id { unlink(path) }
    }

    /// Gives up the names of containers that are not there.
    func sweepNames() throws {
        try holdingLock {
            for name in try Files.names(in: names) where owner(of: name) == nil { unlink("\(names)/\(name)") }
        }
    }

    /// Takes a container off the list in one step and then deletes its files; the caller holds `holdingLock` only for the
    /// first half.
    func retire(_ id: ContainerID) throws(IOError) -> String {
        let trash = root + "/trash"
        try Files.makeDirectories(trash)
        let target = "\(trash)/container-\(id.hex)"
        guard rename(directory(id).path, target) == 0 || errno == ENOENT else {
            throw IOError(errno: errno, operation: "rename", path: directory(id).path)
        }
        return target
    }
}
