// SPDX-License-Identifier: Apache-2.0

/// Everything `docker run` can say about a container, before it is merged with the image's config.
///
/// It is a plain value: parsing of command lines happens above, resolution against an image in ``ContainerConfiguration``.
public struct ContainerSpec: Sendable, Equatable, Codable {
    /// The image as the user typed it; shown by `ps`.
    public var image: String
    /// `--platform`, as typed.
    public var platform: String?

    /// `nil`: the image's entrypoint; empty: none (`--entrypoint ""`).
    public var entrypoint: [String]?
    public var command: [String] = []
    /// `KEY=value`; later entries win over earlier ones and over the image's.
    public var environment: [String] = []
    /// `name|uid[:group|gid]`.
    public var user: String?
    public var workingDirectory: String?
    public var hostname: String?
    public var domainName: String?
    public var labels: [String: String] = [:]
    public var annotations: [String: String] = [:]
    public var tty = false
    /// `-i`: stdin stays open.
    public var openStdin = false
    public var attachStdin = false
    public var attachStdout = false
    public var attachStderr = false
    public var stopSignal: String?
    /// Seconds between the stop signal and SIGKILL; `nil` means 10.
    public var stopTimeout: Int?
    public var healthcheck: HealthCheck?
    /// `--init`: a small init is process 1.
    public var runsInit = false
    public var autoRemove = false
    public var restartPolicy = RestartPolicy.no

    public var network = NetworkMode.bridge
    public var publishedPorts: [PortBinding] = []
    /// `-P`: every exposed port gets a free host port.
    public var publishAll = false
    /// `--expose`: `port/proto`.
    public var exposedPorts: [String] = []
    public var dnsServers: [String] = []
    public var dnsSearch: [String] = []
    public var dnsOptions: [String] = []
    /// `host:ip`.
    public var extraHosts: [String] = []
    public var macAddress: String?
    public var ipAddress: String?

    public var mounts: [MountSpec] = []
    /// Paths that get an anonymous volume, beside those the image declares.
    public var volumes: [String] = []
    /// `--volumes-from CONTAINER[:ro|rw]`.
    public var volumesFrom: [String] = []
    public var readOnlyRoot = false
    /// Size of /dev/shm in bytes; `nil` means 64 MiB.
    public var shmSize: Int64?

    public var privileged = false
    public var capabilitiesAdded: [String] = []
    public var capabilitiesDropped: [String] = []
    /// `seccomp=…`, `apparmor=…`, `no-new-privileges`, `label=…`, `systempaths=unconfined`.
    public var securityOptions: [String] = []
    public var devices: [DeviceSpec] = []
    /// `c 1:3 mr`, as the cgroup v1 devices controller writes rules.
    public var deviceCgroupRules: [String] = []
    public var groupsAdded: [String] = []
    public var sysctls: [String: String] = [:]
    public var ulimits: [ResourceLimit] = []
    public var resources = ContainerResources()
    public var oomScoreAdjustment: Int?
    public var cgroupParent: String?

    public var pidNamespace = NamespaceMode.isolated
    public var ipcNamespace = NamespaceMode.isolated
    public var utsNamespace = NamespaceMode.isolated
    public var userNamespace = NamespaceMode.isolated
    public var cgroupNamespace = NamespaceMode.isolated

    /// Name or path of the OCI runtime; `nil`: the engine's default.
    public var runtime: String?
    /// `none` turns logging off; everything else keeps the log file.
    public var logDriver: String?

    public init(image: String) {
        self.image = image
    }

    /// The cgroup of a container with this spec, from the root of each hierarchy.
    func cgroupPath(of id: ContainerID) -> String { PathText.clean("\(cgroupParent ?? "/dockerlite")/\(id.hex)") }

    /// Whether docker takes the container for a part of the machine, which gets no SELinux label of its own.
    var sharesHostNamespaces: Bool { privileged || ipcNamespace == .host || pidNamespace == .host }
}
