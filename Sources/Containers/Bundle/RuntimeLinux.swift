// SPDX-License-Identifier: Apache-2.0

/// `linux` of the OCI runtime specification.
struct RuntimeLinux: Codable, Equatable {
    struct Namespace: Codable, Equatable {
        var type: String
        var path: String?
    }

    struct IDMapping: Codable, Equatable {
        var containerID: UInt32
        var hostID: UInt32
        var size: UInt32
    }

    struct Device: Codable, Equatable {
        var path: String
        var type: String
        var major: Int64
        var minor: Int64
        var fileMode: UInt32?
        var uid: UInt32?
        var gid: UInt32?
    }

    var namespaces: [Namespace]
    var uidMappings: [IDMapping]?
    var gidMappings: [IDMapping]?
    var devices: [Device]?
    var cgroupsPath: String?
    var resources: RuntimeResources?
    var rootfsPropagation: String?
    var seccomp: SeccompProfile?
    var sysctl: [String: String]?
    var maskedPaths: [String]?
    var readonlyPaths: [String]?
}
