// SPDX-License-Identifier: Apache-2.0

/// A file system that the user asks for inside a container (`-v`, `--mount`, `--tmpfs`).
public struct MountSpec: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case bind, volume, tmpfs
    }

    /// The option that asked for the mount; inspect shows each kind of them in a place of its own.
    public enum Flag: String, Sendable, Codable {
        case volume, mount, tmpfs
    }

    /// What becomes of the mounts below the source of a bind (`bind-recursive`).
    public enum Recursion: String, Sendable, Codable {
        /// They come along, and are read-only with it where the kernel can do that.
        case enabled
        /// They stay away.
        case disabled
        /// They come along writable below a read-only bind.
        case writable
        /// They come along and must be read-only.
        case readonly
    }

    public var kind: Kind
    public var flag: Flag
    /// Host path of a bind, name of a volume; `nil` is an anonymous volume.
    public var source: String?
    /// Absolute path in the container.
    public var target: String
    public var readOnly = false
    /// `rprivate` and friends.
    public var propagation: String?
    /// Whether a fresh volume gets the image's files at `target`.
    public var copiesUp = true
    public var recursion: Recursion = .enabled
    /// Mode words of `-v` as typed, shown by inspect (`ro`, `z`).
    public var mode = ""
    /// Options of a tmpfs as given to mount(2), comma-separated.
    public var tmpfsOptions = ""
    /// A wish that is only kept for inspect: it means nothing on Linux.
    public var consistency = ""
    public var volumeDriver: String?
    public var volumeLabels: [String: String] = [:]
    public var volumeOptions: [String: String] = [:]

    public init(kind: Kind, source: String? = nil, target: String, flag: Flag = .mount) {
        self.kind = kind
        self.flag = flag
        self.source = source
        self.target = target
    }

    /// The fields of `-v [source:]target[:options]`.
    ///
    /// - Throws: `syntax` with the text of docker's client.
    public static func fields(ofVolume text: String) throws(ContainerError) -> [String] {
        guard !text.isEmpty else { throw .syntax("invalid empty volume spec") }
        let fields = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard fields.count <= 3 else { throw .syntax("invalid spec: \(text): too many colons") }
        guard !fields.contains("") else { throw .syntax("invalid spec: \(text): empty section between colons") }
        return fields
    }

    /// Whether a missing bind source is created as a directory: `-v` does, `--mount` does not.
    public var createsSource: Bool { kind == .bind && flag == .volume }

    /// Reads `-v [source:]target[:options]`. A source that begins with `.` must have been made absolute before.
    public init(volume text: String) throws(ContainerError) {
        let fields = try Self.fields(ofVolume: text)
        let target = fields.count == 1 ? fields[0] : fields[1]
        let source = fields.count == 1 ? nil : fields[0]
        self.init(kind: source?.hasPrefix("/") == true ? .bind : .volume, source: source, target: target, flag: .volume)
        if fields.count == 3 { try apply(modes: fields[2], of: text) }
        do {
            try validateTarget()
        } catch {
            throw error.prefixed(Self.specification(text))
        }
        if kind == .volume, let source { try VolumeName.check(source) }
    }

    /// Parses `--tmpfs target[:options]`.
    public init(tmpfs text: String) throws(ContainerError) {
        let fields = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        self.init(kind: .tmpfs, target: fields[0], flag: .tmpfs)
        if fields.count == 2 { tmpfsOptions = fields[1] }
        guard target.hasPrefix("/") else {
            throw .invalid("invalid mount path: '\(target)' mount path must be absolute")
        }
        guard PathText.clean(target) != "/" else { throw .invalid("invalid specification: destination can't be '/'") }
        try validateTmpfsOptions()
    }

    /// What docker's engine takes, values aside.
    private func validateTmpfsOptions() throws(ContainerError) {
        for option in tmpfsOptions.split(separator: ",") {
            let key = option.prefix { $0 != "=" }
            let known = key.count < option.count ? Self.tmpfsKeys : Self.tmpfsFlags
            guard known.contains(String(key)) else {
                let words = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                throw .invalid("invalid tmpfs option [\(words.map { "\"\($0)\"" }.joined(separator: " "))]")
            }
        }
    }

    private static let tmpfsKeys: Set<String> = ["size", "mode", "uid", "gid", "nr_inodes", "nr_blocks", "mpol"]

    private static let tmpfsFlags: Set<String> = [
        "defaults", "ro", "rw", "suid", "nosuid", "dev", "nodev", "exec", "noexec", "sync", "async", "dirsync",
        "remount", "mand", "nomand", "atime", "noatime", "diratime", "nodiratime", "relatime", "norelatime",
        "strictatime", "nostrictatime", "bind", "rbind", "unbindable", "runbindable", "private", "rprivate", "shared",
        "rshared", "slave", "rslave",
    ]

    private mutating func apply(modes: String, of text: String) throws(ContainerError) {
        mode = modes
        let words = modes.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        // One word of a kind, as docker has it.
        for kind in Self.modeKinds where words.count(where: kind.contains) > 1 {
            throw .invalid("invalid mode: \(modes)")
        }
        for word in words {
            switch word {
            case "ro": readOnly = true
            case "rw", "z", "Z", "consistent", "cached", "delegated": break
            case "nocopy":
                guard kind == .volume else { throw misplaced("VolumeOptions", text) }
                copiesUp = false
            case _ where Self.propagations.contains(word):
                guard kind == .bind else { throw misplaced("BindOptions", text) }
                propagation = word
            default: throw .invalid("invalid mode: \(modes)")
            }
        }
    }

    static let propagations: Set<String> = ["private", "rprivate", "shared", "rshared", "slave", "rslave"]

    private static let modeKinds: [Set<String>] = [
        ["ro", "rw"], ["z", "Z"], propagations, ["nocopy"], ["consistent", "cached", "delegated"],
    ]

    private func misplaced(_ field: String, _ text: String) -> ContainerError {
        Self.invalid(kind.rawValue, "field \(field) must not be specified").prefixed(Self.specification(text))
    }

    private static func specification(_ text: String) -> String { "invalid volume specification: '\(text)': " }

    static func invalid(_ type: String, _ reason: String) -> ContainerError {
        .invalid("invalid mount config for type \"\(type)\": \(reason)")
    }

    func validateTarget() throws(ContainerError) {
        guard target.hasPrefix("/") else {
            throw Self.invalid(kind.rawValue, "invalid mount path: '\(target)' mount path must be absolute")
        }
        guard PathText.clean(target) != "/" else {
            throw Self.invalid(kind.rawValue, "invalid specification: destination can't be '/'")
        }
    }
}
