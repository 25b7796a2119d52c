// SPDX-License-Identifier: Apache-2.0

/// Where a namespace of a container comes from (`--pid`, `--ipc`, `--uts`, `--userns`, `--cgroupns`).
public enum NamespaceMode: Sendable, Equatable, Codable {
    /// A new one; docker's `private` or empty.
    case isolated
    case host
    case container(String)
    /// IPC only: a new one that others may join.
    case shareable
    /// IPC only: none, and no /dev/shm.
    case none

    /// Parses a mode for the namespace that `flag` names; the texts are docker's.
    ///
    /// - Throws: `syntax` for what docker's client refuses, `invalid` for what its engine does.
    public init(parsing text: String, flag: String) throws(ContainerError) {
        let joinable = flag == "pid" || flag == "ipc"
        switch text {
        case "": self = .isolated
        case "private" where flag == "ipc" || flag == "cgroupns": self = .isolated
        case "host": self = .host
        case "shareable" where flag == "ipc": self = .shareable
        case "none" where flag == "ipc": self = .none
        default:
            guard joinable, text.hasPrefix("container:"), text.utf8.count > "container:".utf8.count else {
                if flag == "ipc" { throw .invalid("invalid IPC mode: \(text)") }
                let name = ["userns": "USER", "cgroupns": "CGROUP"][flag] ?? flag.uppercased()
                throw .syntax("--\(flag): invalid \(name) mode")
            }
            self = .container(String(text.dropFirst("container:".count)))
        }
    }
}
