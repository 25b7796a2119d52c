// SPDX-License-Identifier: Apache-2.0

extension MountSpec {
    /// Reads the fields of `--mount`, `key=value` or a key alone.
    ///
    /// - Throws: `syntax` for what docker's client refuses, `invalid` for what its engine does.
    public init(mount fields: [String]) throws(ContainerError) {
        self.init(kind: .volume, target: "")
        var typeName = kind.rawValue
        var families: Set<String> = []
        for field in fields {
            let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let key = pair[0].lowercased()
            if key == "type", pair.count == 2 { typeName = pair[1].lowercased() }
            if let family = Kind.allCases.first(where: { key.hasPrefix("\($0.rawValue)-") }) {
                families.insert(family.rawValue)
            }
            try apply(key: key, value: pair.count == 2 ? pair[1] : nil, field: field)
        }
        guard !target.isEmpty else { throw .syntax("target is required") }
        for family in [Kind.volume, .bind, .tmpfs] where families.contains(family.rawValue) {
            guard family.rawValue == typeName else {
                throw .syntax("cannot mix '\(family.rawValue)-*' options with mount type '\(typeName)'")
            }
        }
        try checkRecursion()
        guard let kind = Kind(rawValue: typeName) else { throw Self.invalid(typeName, "mount type unknown") }
        self.kind = kind
        try validateConfig()
    }

    /// The engine's checks, but for those that look at the disk.
    private func validateConfig() throws(ContainerError) {
        try validateTarget()
        switch kind {
        case .bind:
            guard let source else { throw Self.invalid("bind", "field Source must not be empty") }
            guard source.hasPrefix("/") || source == "." || source.hasPrefix("./") else {
                throw Self.invalid("bind", "invalid mount path: '\(source)' mount path must be absolute")
            }
            if let propagation, !Self.propagations.contains(propagation) {
                throw Self.invalid("bind", "invalid propagation mode: \(propagation)")
            }
        case .tmpfs:
            if source != nil { throw Self.invalid("tmpfs", "field Source must not be specified") }
        case .volume:
            if let source {
                try VolumeName.check(source)
            } else if readOnly {
                throw Self.invalid("volume", "must not set ReadOnly mode when using anonymous volumes")
            }
        }
    }

    private mutating func apply(key: String, value: String?, field: String) throws(ContainerError) {
        switch key {
        case "readonly", "ro":
            readOnly = try Self.flag(value, key: key)
            return
        case "volume-nocopy":
            copiesUp = !(try Self.flag(value, key: key))
            return
        case "bind-nonrecursive":
            recursion = try Self.flag(value, key: key) ? .disabled : .enabled
            return
        default: break
        }
        guard let value else { throw .syntax("invalid field '\(field)' must be a key=value pair") }
        switch key {
        case "type": break
        case "consistency": consistency = value.lowercased()
        case "source", "src": source = value.isEmpty ? nil : value
        case "target", "dst", "destination": target = value
        case "bind-propagation": propagation = value.lowercased()
        case "bind-recursive": recursion = try Self.recursion(value)
        case "volume-driver": volumeDriver = value
        case "volume-label": Self.insert(value, into: &volumeLabels)
        case "volume-opt": Self.insert(value, into: &volumeOptions)
        case "tmpfs-size": append(tmpfs: "size=\(try ByteCount.parse(value, key: key))")
        case "tmpfs-mode":
            guard UInt32(value, radix: 8) != nil else { throw .syntax("invalid value for \(key): \(value)") }
            append(tmpfs: "mode=\(value)")
        default: throw .syntax("unexpected key '\(key)' in '\(field)'")
        }
    }

    private static func recursion(_ value: String) throws(ContainerError) -> Recursion {
        guard let recursion = Recursion(rawValue: value) else {
            throw .syntax(
                "invalid value for bind-recursive: \(value) (must be \"enabled\", \"disabled\", \"writable\", or \"readonly\")"
            )
        }
        return recursion
    }

    /// What must stand beside a way of recursion (docker/cli `opts/mount.go`).
    private func checkRecursion() throws(ContainerError) {
        guard [.writable, .readonly].contains(recursion) else { return }
        func required(_ option: String) -> ContainerError {
            .syntax("option 'bind-recursive=\(recursion.rawValue)' requires '\(option)' to be specified in conjunction")
        }
        guard readOnly else { throw required("readonly") }
        guard recursion == .writable || propagation == "rprivate" else { throw required("bind-propagation=rprivate") }
    }

    private mutating func append(tmpfs option: String) {
        tmpfsOptions += tmpfsOptions.isEmpty ? option : ",\(option)"
    }

    private static func insert(_ text: String, into map: inout [String: String]) {
        let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        map[pair[0]] = pair.count == 2 ? pair[1] : ""
    }

    private static func flag(_ value: String?, key: String) throws(ContainerError) -> Bool {
        switch value {
        case nil, "1", "t", "T", "true", "TRUE", "True": true
        case "0", "f", "F", "false", "FALSE", "False": false
        case let value?: throw .syntax("invalid value for \(key): \(value)")
        }
    }
}
