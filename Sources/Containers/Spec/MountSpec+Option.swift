// SPDX-License-Identifier: Apache-2.0

extension MountSpec {
    /// Reads the `key=value` fields of `--mount`; the texts are docker's client's.
    public init(mount fields: [String]) throws(ContainerError) {
        self.init(kind: .volume, target: "")
        for field in fields {
            let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            try apply(key: pair[0].lowercased(), value: pair.count == 2 ? pair[1] : nil, field: field)
        }
        guard !target.isEmpty else { throw .invalid("target is required") }
        guard target.hasPrefix("/") else {
            throw .invalid(
                "invalid mount config for type \"\(kind.rawValue)\": invalid mount path: '\(target)' mount path must be absolute"
            )
        }
        if kind == .bind, source == nil {
            throw .invalid("invalid mount config for type \"bind\": field Source must not be empty")
        }
        if kind == .tmpfs, source != nil {
            throw .invalid("invalid mount config for type \"tmpfs\": field Source must not be specified")
        }
        if kind == .volume, let source { try VolumeName.check(source) }
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
            recursive = !(try Self.flag(value, key: key))
            return
        default: break
        }
        guard let value else { throw .invalid("invalid field '\(field)' must be a key=value pair") }
        switch key {
        case "type":
            guard let kind = Kind(rawValue: value.lowercased()) else {
                throw .invalid("mount type unknown: \"\(value)\"")
            }
            self.kind = kind
        case "source", "src": source = value.isEmpty ? nil : value
        case "target", "dst", "destination": target = value
        case "consistency": break
        case "bind-propagation": propagation = value.lowercased()
        case "bind-recursive": recursive = value != "disabled"
        case "volume-driver": volumeDriver = value
        case "volume-label": Self.insert(value, into: &volumeLabels)
        case "volume-opt": Self.insert(value, into: &volumeOptions)
        case "tmpfs-size": append(tmpfs: "size=\(try ByteCount.parse(value, key: key))")
        case "tmpfs-mode":
            guard UInt32(value, radix: 8) != nil else { throw .invalid("invalid value for \(key): \(value)") }
            append(tmpfs: "mode=\(value)")
        default: throw .invalid("unexpected key '\(key)' in '\(field)'")
        }
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
        case let value?: throw .invalid("invalid value for \(key): \(value)")
        }
    }
}
