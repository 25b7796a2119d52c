// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI
import Testing

@testable import Containers

struct BundleTests {
    private let host = HostFacts(
        hostname: "host", machine: "x86_64", processors: 2, capabilities: (1 << 41) - 1, usesCgroupV2: false,
        resolvConf: "",
        hosts: "", appArmorProfiles: [], isRoot: true, hasSubordinateIDs: true
    )

    private func build(_ configure: (inout ContainerSpec) -> Void = { _ in }) throws -> RuntimeSpec {
        let path = "/tmp/dockerlite-bundle-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: path + "/merged", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var spec = ContainerSpec(image: "x")
        spec.command = ["run"]
        configure(&spec)
        let id = try #require(ContainerID(String(repeating: "ab", count: 32)))
        let image = EngineFixture.config()
        let container = Container(
            id: id, name: "x", created: .zero, spec: spec, imageID: "",
            configuration: try ContainerConfiguration(spec: spec, image: image, id: id, host: host), mounts: [],
            layers: [], driver: .overlay, platform: "linux/amd64", state: ContainerState()
        )
        return try BundleBuilder(container: container, directory: ContainerDirectory(path: path), host: host).build()
    }

    @Test func `the process of a plain container`() throws {
        let process = try build().process
        #expect(process.args == ["run"])
        #expect(process.env == ["PATH=/bin", "HOSTNAME=abababababab", "HOME=/"])
        #expect(process.cwd == "/")
        #expect(process.capabilities?.effective == process.capabilities?.bounding)
        #expect(process.capabilities?.bounding.count == 14)
        #expect(process.capabilities?.ambient == [])
    }

    @Test func `another user has no effective capabilities`() throws {
        let capabilities = try build { $0.user = "5" }.process.capabilities
        #expect(capabilities?.effective == [] && capabilities?.permitted == [] && capabilities?.bounding.count == 14)
    }

    @Test func `capabilities can be added, dropped and misspelt`() throws {
        let added =
            try build {
                $0.capabilitiesAdded = ["net_admin"]
                $0.capabilitiesDropped = ["CAP_CHOWN"]
            }.process.capabilities?.bounding ?? []
        #expect(added.contains("CAP_NET_ADMIN") && !added.contains("CAP_CHOWN"))
        let only = try build {
            $0.capabilitiesDropped = ["ALL"]
            $0.capabilitiesAdded = ["KILL"]
        }
        #expect(only.process.capabilities?.bounding == ["CAP_KILL"])
        #expect(throws: ContainerError.invalid("invalid CapAdd: unknown capability: \"CAP_FOO\"")) {
            try build { $0.capabilitiesAdded = ["foo"] }
        }
    }

    @Test func `a privileged container is not confined`() throws {
        let spec = try build { $0.privileged = true }
        #expect(spec.linux.seccomp == nil && spec.linux.maskedPaths == nil && spec.linux.readonlyPaths == nil)
        #expect(spec.process.capabilities?.bounding.count == 41)
        #expect(spec.mounts.first { $0.destination == "/sys" }?.options.contains("rw") == true)
        #expect(spec.linux.resources?.devices == [RuntimeResources.DeviceRule(allow: true, access: "rwm")])
    }

    @Test func `namespaces follow the modes`() throws {
        #expect(try build().linux.namespaces.map(\.type) == ["mount", "network", "uts", "pid", "ipc"])
        let shared = try build {
            $0.network = .host
            $0.pidNamespace = .host
            $0.ipcNamespace = .host
            $0.utsNamespace = .host
        }
        #expect(shared.linux.namespaces.map(\.type) == ["mount"])
        #expect(shared.hostname == nil && shared.linux.sysctl == nil)
        #expect(shared.mounts.first { $0.destination == "/dev/shm" }?.source == "/dev/shm")
    }

    @Test func `the seccomp profile follows the capabilities`() throws {
        func names(_ spec: RuntimeSpec) -> Set<String> {
            Set(
                (spec.linux.seccomp?.syscalls ?? []).filter { $0.action == "SCMP_ACT_ALLOW" && $0.args == nil }.flatMap(
                    \.names))
        }
        let plain = try names(build())
        #expect(plain.contains("openat2") && plain.contains("chroot"))
        for call in [
            "mount", "bpf", "unshare", "keyctl", "add_key", "io_uring_setup", "userfaultfd", "clone3", "socket",
        ] {
            #expect(!plain.contains(call), "\(call)")
        }
        #expect(
            try names(build { $0.capabilitiesAdded = ["SYS_ADMIN"] }).isSuperset(of: ["mount", "clone3", "unshare"]))
        #expect(try build { $0.securityOptions = ["seccomp=unconfined"] }.linux.seccomp == nil)
    }

    @Test func `a profile in docker's dialect is resolved`() throws {
        let profile = """
            {"defaultAction":"SCMP_ACT_ERRNO","archMap":[{"architecture":"SCMP_ARCH_X86_64","subArchitectures":[]}],
             "syscalls":[{"names":["read"],"action":"SCMP_ACT_ALLOW"},
              {"names":["mount"],"action":"SCMP_ACT_ALLOW","includes":{"caps":["CAP_SYS_ADMIN"]}},
              {"names":["clone"],"action":"SCMP_ACT_ALLOW","excludes":{"caps":["CAP_SYS_ADMIN"]}},
              {"names":["s390_x"],"action":"SCMP_ACT_ALLOW","includes":{"arches":["s390x"]}}]}
            """
        let spec = try build { $0.securityOptions = ["seccomp=" + profile] }
        #expect(spec.linux.seccomp?.syscalls?.flatMap(\.names) == ["read", "clone"])
        #expect(throws: ContainerError.self) { try build { $0.securityOptions = ["seccomp={"] } }
    }

    @Test func `limits reach the runtime`() throws {
        let spec = try build {
            $0.resources.memory = 64 << 20
            $0.resources.nanoCPUs = 1_500_000_000
            $0.resources.pidsLimit = 0
            $0.ulimits = [ResourceLimit(name: "nofile", soft: 10, hard: -1)]
        }
        #expect(spec.linux.resources?.memory?.limit == 64 << 20)
        #expect(spec.linux.resources?.cpu?.quota == 150_000 && spec.linux.resources?.cpu?.period == 100_000)
        #expect(spec.linux.resources?.pids?.limit == -1)
        #expect(spec.process.rlimits == [RuntimeProcess.Limit(type: "RLIMIT_NOFILE", soft: 10, hard: .max)])
    }

    @Test func `what the image says is overridden as docker does`() throws {
        var image = EngineFixture.config()
        image.config.entrypoint = ["/entry"]
        image.config.cmd = ["arg"]
        image.config.env = ["A=1", "B=2"]
        let id = try #require(ContainerID(String(repeating: "ab", count: 32)))
        func merged(_ configure: (inout ContainerSpec) -> Void) throws -> ContainerConfiguration {
            var spec = ContainerSpec(image: "x")
            configure(&spec)
            return try ContainerConfiguration(spec: spec, image: image, id: id, host: host)
        }
        #expect(try merged { _ in }.processArguments == ["/entry", "arg"])
        #expect(try merged { $0.command = ["x"] }.processArguments == ["/entry", "x"])
        #expect(throws: ContainerError.invalid("no command specified")) { try merged { $0.entrypoint = [] } }
        #expect(try merged { $0.entrypoint = ["/other"] }.processArguments == ["/other"])
        #expect(try merged { $0.environment = ["B=3", "C=4"] }.environment == ["B=3", "C=4", "A=1"])
        #expect(
            throws: ContainerError.invalid("the working directory 'x' is invalid, it needs to be an absolute path")
        ) { try merged { $0.workingDirectory = "x" } }
    }

    @Test func `resolv.conf leaves out what cannot be reached`() {
        let host = "nameserver 127.0.0.53\nnameserver 10.0.0.1\nsearch example.org\noptions edns0\n"
        func text(_ host: String, servers: [String] = [], shares: Bool = false) -> String {
            EtcFiles.resolvConf(host: host, servers: servers, search: [], options: [], sharesHostNetwork: shares)
        }
        #expect(text(host) == "nameserver 10.0.0.1\nsearch example.org\noptions edns0\n")
        #expect(text("nameserver 127.0.0.1\n") == "nameserver 8.8.8.8\nnameserver 8.8.4.4\n")
        #expect(text("nameserver 127.0.0.1\n", shares: true) == "nameserver 127.0.0.1\n")
        #expect(text(host, servers: ["9.9.9.9"]).hasPrefix("nameserver 9.9.9.9\nsearch"))
    }

    @Test func `a free subnet is chosen and kept apart`() throws {
        let routes = RoutingTable.parse(
            """
            Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
            eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
            docker0	00001FAC	00000000	0001	0	0	0	0000FFFF	0	0	0
            """
        )
        #expect(routes.map(\.subnet.description) == ["172.31.0.0/16"])
        let bridge = try BridgeNetwork(key: "0123456789ab", isDefaultStore: true, avoiding: routes)
        #expect(bridge.subnet.description == "172.30.0.0/16" && bridge.gateway == "172.30.0.1")
        #expect(bridge.interface == "dockerlite0" && !bridge.collides(with: routes))
        #expect(bridge.subnet.host(65_535) == nil)
    }

    @Test func `subordinate IDs are found by name or number`() {
        let text = "other:1:2\nweb:100000:65536\n1001:5:0\n"
        #expect(IDRange.first(in: text, user: "web", uid: 1000) == IDRange(start: 100_000, count: 65_536))
        #expect(IDRange.first(in: text, user: "x", uid: 1001) == nil)
    }
}
