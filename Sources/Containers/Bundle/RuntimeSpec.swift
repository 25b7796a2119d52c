// SPDX-License-Identifier: Apache-2.0

/// The parts of the OCI runtime specification's `config.json` (v1.0.2) that are written here.
///
/// Names are the specification's, so that encoding needs no table of keys. `nil` is left out.
struct RuntimeSpec: Codable, Equatable {
    struct Root: Codable, Equatable {
        var path: String
        var readonly: Bool
    }

    struct Mount: Codable, Equatable {
        var destination: String
        var type: String
        var source: String
        var options: [String]
    }

    var ociVersion = "1.0.2"
    var process: RuntimeProcess
    var root: Root
    var hostname: String?
    var domainname: String?
    var mounts: [Mount] = []
    var annotations: [String: String]?
    var linux: RuntimeLinux
}
