// SPDX-License-Identifier: Apache-2.0

/// `linux.seccomp` of the OCI runtime specification.
struct SeccompProfile: Codable, Equatable {
    struct Argument: Codable, Equatable {
        var index: UInt
        var value: UInt64
        var valueTwo: UInt64?
        var op: String
    }

    struct Rule: Codable, Equatable {
        var names: [String]
        var action: String
        var errnoRet: UInt?
        var args: [Argument]?
    }

    var defaultAction: String
    var defaultErrnoRet: UInt?
    var architectures: [String]?
    var syscalls: [Rule]?
}
