// SPDX-License-Identifier: Apache-2.0

/// `process` of the OCI runtime specification; also the whole document that `runc exec --process` reads.
struct RuntimeProcess: Codable, Equatable {
    struct User: Codable, Equatable {
        var uid: UInt32
        var gid: UInt32
        var additionalGids: [UInt32]
    }

    struct Capabilities: Codable, Equatable {
        var bounding: [String]
        var effective: [String]
        var permitted: [String]
        var inheritable: [String] = []
        var ambient: [String] = []
    }

    struct Limit: Codable, Equatable {
        var type: String
        var soft: UInt64
        var hard: UInt64
    }

    struct ConsoleSize: Codable, Equatable {
        var height: UInt
        var width: UInt

        init(_ size: TerminalSize) {
            height = UInt(size.rows)
            width = UInt(size.columns)
        }
    }

    var terminal: Bool
    var consoleSize: ConsoleSize?
    var user: User
    var args: [String]
    var env: [String]
    var cwd: String
    var capabilities: Capabilities?
    var rlimits: [Limit]?
    var noNewPrivileges: Bool
    var apparmorProfile: String?
    var oomScoreAdj: Int?
}
