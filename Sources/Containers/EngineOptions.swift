// SPDX-License-Identifier: Apache-2.0

/// Where a ``ContainerEngine`` works and with which programs.
public struct EngineOptions: Sendable {
    /// The store's root.
    public var root: String
    /// Name or path of the OCI runtime; `nil`: the first of `runc`, `crun` that is installed.
    public var runtime: String?
    /// Paths of further runtimes by the names that containers know them by.
    public var runtimes: [String: String] = [:]
    /// Name or path of conmon.
    public var monitor = "conmon"
    /// A command to which a container's ID is appended, run by the monitor when the container has exited: it must call
    /// ``ContainerEngine/containerExited(_:)``. Empty: exits are noticed by the next operation.
    public var exitCommand: [String] = []
    /// A command to which a container's ID is appended, started with a container that has a health check: it must call
    /// ``ContainerEngine/watchHealth(_:)``. Empty: health is only tested on demand.
    public var healthCommand: [String] = []
    /// `nil`: overlay where it works, else copying.
    public var driver: RootDriver?
    /// For files that do not outlive a reboot; `nil`: below /run or `XDG_RUNTIME_DIR`, by the root's path.
    public var runDirectory: String?
    /// Whether the root is the machine's usual one, whose bridge has the plain name.
    public var isDefaultRoot = false

    public init(root: String) {
        self.root = root
    }
}
