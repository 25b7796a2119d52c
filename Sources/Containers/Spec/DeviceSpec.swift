// SPDX-License-Identifier: Apache-2.0

/// A host device that a container may use (`--device host[:container[:rwm]]`).
public struct DeviceSpec: Sendable, Equatable, Codable {
    public var hostPath: String
    public var containerPath: String
    /// Some of `r`, `w`, `m`.
    public var permissions: String

    public init(hostPath: String, containerPath: String, permissions: String = "rwm") {
        self.hostPath = hostPath
        self.containerPath = containerPath
        self.permissions = permissions
    }

    /// Parses docker's forms `src`, `src:dst`, `src:rwm`, `src:dst:rwm`.
    public init(parsing text: String) throws(ContainerError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        func isMode(_ text: String) -> Bool {
            !text.isEmpty && text.allSatisfy { "rwm".contains($0) } && Set(text).count == text.count
        }
        guard !parts[0].isEmpty, parts.count <= 3 else { throw .syntax("bad format for path: \(text)") }
        var device = DeviceSpec(hostPath: parts[0], containerPath: parts[0])
        if parts.count == 3 {
            guard isMode(parts[2]) else { throw .syntax("bad mode specified: \(parts[2])") }
            device.permissions = parts[2]
        }
        if parts.count >= 2, !parts[1].isEmpty {
            if parts.count == 2, isMode(parts[1]) {
                device.permissions = parts[1]
            } else {
                device.containerPath = parts[1]
            }
        }
        guard device.containerPath.hasPrefix("/") else {
            throw .syntax("\(device.containerPath) is not an absolute path")
        }
        self = device
    }
}
