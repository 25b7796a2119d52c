// SPDX-License-Identifier: Apache-2.0

/// A file system that the user asks for inside a container (`-v`, `--mount`, `--tmpfs`).
public struct MountSpec: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable {
        case bind, volume, tmpfs
    }

    public var kind: Kind
    /// Host path of a bind, name of a volume; `nil` is an anonymous volume.
    public var source: String?
    /// Absolute path in the container.
    public var target: String
    public var readOnly = false
    /// `rprivate` and friends.
    public var propagation: String?
    /// Whether a fresh volume gets the image's files at `target`.
    public var copiesUp = true
    /// Whether a missing bind source is created as a directory: `-v` does, `--mount` does not.
    public var createsSource = false
    public var recursive = true
    /// Mode words of `-v` as typed, shown by inspect (`ro`, `z`).
    public var mode = ""
    /// Options of a tmpfs as given to mount(2), comma-separated.
    public var tmpfsOptions = ""
    public var volumeDriver: String?
    public var volumeLabels: [String: String] = [:]
    public var volumeOptions: [String: String] = [:]

    public init(kind: Kind, source: String? = nil, target: String) {
        self.kind = kind
        self.source = source
        self.target = target
    }

    /// Parses `-v [source:]target[:options]`. A source that begins with `.` must have been made absolute before.
    public init(volume text: String) throws(ContainerError) {
        let fields = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard fields.count <= 3 else { throw .invalid("invalid spec: \(text): too many colons") }
        guard !fields.contains("") else { throw .invalid("invalid volume specification: '\(text)'") }
        let target = fields.count == 1 ? fields[0] : fields[1]
        let source = fields.count == 1 ? nil : fields[0]
        self.init(kind: source?.hasPrefix("/") == true ? .bind : .volume, source: source, target: target)
        createsSource = kind == .bind
        if fields.count == 3 { try apply(modes: fields[2], of: text) }
        try validate(text)
    }

    /// Parses `--tmpfs target[:options]`.
    public init(tmpfs text: String) throws(ContainerError) {
        let fields = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        self.init(kind: .tmpfs, target: fields[0])
        if fields.count == 2 { tmpfsOptions = fields[1] }
        guard target.hasPrefix("/") else {
            throw .invalid("invalid mount path: '\(target)' mount path must be absolute")
        }
    }

    private mutating func apply(modes: String, of text: String) throws(ContainerError) {
        mode = modes
        for word in modes.split(separator: ",") {
            switch word {
            case "ro", "readonly": readOnly = true
            case "rw", "z", "Z", "consistent", "cached", "delegated": break
            case "nocopy" where kind == .volume: copiesUp = false
            case "private", "rprivate", "shared", "rshared", "slave", "rslave":
                guard kind == .bind else { throw .invalid("invalid mode: \(modes)") }
                propagation = String(word)
            default: throw .invalid("invalid mode: \(modes)")
            }
        }
    }

    private func validate(_ text: String) throws(ContainerError) {
        guard target.hasPrefix("/") else {
            throw .invalid(
                "invalid volume specification: '\(text)': invalid mount config for type \"\(kind.rawValue)\": invalid mount path: '\(target)' mount path must be absolute"
            )
        }
        guard PathText.clean(target) != "/" else {
            throw .invalid(
                "invalid volume specification: '\(text)': invalid mount config for type \"\(kind.rawValue)\": invalid specification: destination can't be '/'"
            )
        }
        if kind == .volume, let source { try VolumeName.check(source) }
    }
}
