// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import TarArchive

/// Builds the OCI bundle of a container: what docker's engine would hand to the runtime.
///
/// The builder reads the mounted root (accounts) and the host (devices), and writes nothing.
struct BundleBuilder {
    /// Paths of namespaces to join, /proc/PID/ns/… or a bound file.
    struct Namespaces {
        var network: String?
        var pid: String?
        var ipc: String?
    }

    let container: Container
    let directory: ContainerDirectory
    let host: HostFacts
    var namespaces = Namespaces()
    /// Path of an init program on the host, for `--init`.
    var initProgram: String?

    var spec: ContainerSpec { container.spec }
    var configuration: ContainerConfiguration { container.configuration }

    func build() throws -> RuntimeSpec {
        let security = try SecurityOptions(spec.securityOptions)
        let user = try resolveUser(configuration.user, groups: spec.groupsAdded)
        let capabilities = try Capabilities.resolve(
            adding: spec.capabilitiesAdded, dropping: spec.capabilitiesDropped, privileged: spec.privileged,
            supported: Capabilities.named(in: host.capabilities)
        )
        let process = try self.process(user: user, capabilities: capabilities, security: security)
        return RuntimeSpec(
            process: process,
            root: RuntimeSpec.Root(path: directory.root, readonly: spec.readOnlyRoot),
            hostname: spec.utsNamespace == .host ? nil : configuration.hostname,
            domainname: nil,
            mounts: mounts(),
            annotations: spec.annotations.isEmpty ? nil : spec.annotations,
            linux: try linux(capabilities: Set(capabilities), security: security)
        )
    }

    /// Looks a user up in the image's account files.
    func resolveUser(_ text: String, groups: [String]) throws -> ResolvedUser {
        let files = try ContainedFiles(root: directory.root)
        let limit = AccountFile.sizeLimit
        let resolver = UserResolver(
            passwd: try files.read("/etc/passwd", limit: limit), group: try files.read("/etc/group", limit: limit)
        )
        return try resolver.resolve(text, additional: groups)
    }
}
