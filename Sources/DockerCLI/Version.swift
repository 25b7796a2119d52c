// SPDX-License-Identifier: Apache-2.0

/// The versions that the command line speaks of.
enum Version {
    static let dockerlite = "0.1.0"
    /// The docker whose command line this one reproduces, and its API version.
    static let docker = "28.5.2"
    static let api = "1.51"
    static let minimumAPI = "1.24"

    /// What follows "Docker version " or "dockerlite version " in `--version`.
    static func line(program: String) -> String {
        program == "docker" ? "\(docker), build dockerlite-\(dockerlite)" : "\(dockerlite), docker \(docker) compatible"
    }
}
