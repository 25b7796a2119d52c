// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

extension BundleBuilder {
    /// Device nodes to make, and the cgroup rules that say which may be used.
    func devices() throws(ContainerError) -> ([RuntimeLinux.Device], [RuntimeResources.DeviceRule]) {
        if spec.privileged {
            return (hostDevices(in: "/dev"), [RuntimeResources.DeviceRule(allow: true, access: "rwm")])
        }
        var nodes: [RuntimeLinux.Device] = []
        var rules = Self.standardRules
        for device in spec.devices {
            for node in try resolve(device) {
                nodes.append(node)
                rules.append(
                    RuntimeResources.DeviceRule(
                        allow: true, type: node.type, major: node.major, minor: node.minor, access: device.permissions
                    )
                )
            }
        }
        for rule in spec.deviceCgroupRules { rules.append(try Self.parse(rule)) }
        return (nodes, rules)
    }

    /// Nothing but null, zero, full, random, urandom, tty, console and pseudo-terminals; nodes may be made but not used.
    private static let standardRules: [RuntimeResources.DeviceRule] = {
        let rules: [(String, Int64?, Int64?, String)] = [
            ("c", nil, nil, "m"), ("b", nil, nil, "m"), ("c", 1, 3, "rwm"), ("c", 1, 5, "rwm"), ("c", 1, 7, "rwm"),
            ("c", 1, 8, "rwm"), ("c", 1, 9, "rwm"), ("c", 5, 0, "rwm"), ("c", 5, 1, "rwm"), ("c", 5, 2, "rwm"),
            ("c", 136, nil, "rwm"),
        ]
        return [RuntimeResources.DeviceRule(allow: false, access: "rwm")]
            + rules.map {
                RuntimeResources.DeviceRule(allow: true, type: $0.0, major: $0.1, minor: $0.2, access: $0.3)
            }
    }()

    private func resolve(_ device: DeviceSpec) throws(ContainerError) -> [RuntimeLinux.Device] {
        var status = stat()
        guard stat(device.hostPath, &status) == 0 else {
            throw .invalid(
                "error gathering device information while adding custom device \"\(device.hostPath)\": no such file or directory"
            )
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            return hostDevices(in: device.hostPath).map { node in
                var moved = node
                moved.path = device.containerPath + node.path.dropFirst(device.hostPath.count)
                return moved
            }
        }
        guard let node = Self.node(path: device.containerPath, status) else {
            throw .invalid(
                "error gathering device information while adding custom device \"\(device.hostPath)\": not a device node"
            )
        }
        return [node]
    }

    private static func node(path: String, _ status: stat) -> RuntimeLinux.Device? {
        let type: String
        switch status.st_mode & S_IFMT {
        case S_IFCHR: type = "c"
        case S_IFBLK: type = "b"
        default: return nil
        }
        return RuntimeLinux.Device(
            path: path, type: type, major: Int64(clinux_major(status.st_rdev)),
            minor: Int64(clinux_minor(status.st_rdev)),
            fileMode: status.st_mode & 0o7777, uid: status.st_uid, gid: status.st_gid
        )
    }

    private func hostDevices(in directory: String) -> [RuntimeLinux.Device] {
        let skipped: Set = ["pts", "shm", "fd", "mqueue", ".lxc", ".lxd-mounts", ".udev", "console"]
        var nodes: [RuntimeLinux.Device] = []
        for name in (try? Files.names(in: directory)) ?? [] where !skipped.contains(name) {
            let path = directory + "/" + name
            guard let status = Files.status(path) else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                nodes += hostDevices(in: path)
            } else if let node = Self.node(path: path, status) {
                nodes.append(node)
            }
        }
        return nodes
    }

    /// `c 1:3 mr`, with `*` for any number.
    private static func parse(_ text: String) throws(ContainerError) -> RuntimeResources.DeviceRule {
        let words = text.split(separator: " ").map(String.init)
        let numbers = words.count == 3 ? words[1].split(separator: ":").map(String.init) : []
        guard words.count == 3, numbers.count == 2, ["a", "b", "c"].contains(words[0]),
            words[2].allSatisfy({ "rwm".contains($0) }),
            let major = number(numbers[0]), let minor = number(numbers[1])
        else { throw .invalid("invalid device cgroup rule format: '\(text)'") }
        return RuntimeResources.DeviceRule(allow: true, type: words[0], major: major, minor: minor, access: words[2])
    }

    /// `.some(nil)` for the wildcard.
    private static func number(_ text: String) -> Int64?? {
        if text == "*" { return .some(nil) }
        guard let value = Int64(text), value >= 0 else { return nil }
        return .some(value)
    }
}
