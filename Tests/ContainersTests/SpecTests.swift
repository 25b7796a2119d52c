// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Containers

struct SpecTests {
    @Test func `ports in all their forms`() throws {
        #expect(try PortBinding.parse("80") == [PortBinding(containerPort: 80)])
        #expect(
            try PortBinding.parse("8080:80/udp") == [PortBinding(hostPort: 8080, containerPort: 80, transport: "udp")])
        #expect(
            try PortBinding.parse("127.0.0.1:8080:80") == [
                PortBinding(hostIP: "127.0.0.1", hostPort: 8080, containerPort: 80)
            ]
        )
        #expect(try PortBinding.parse("[::1]::80") == [PortBinding(hostIP: "::1", containerPort: 80)])
        #expect(
            try PortBinding.parse("8000-8001:80-81") == [
                PortBinding(hostPort: 8000, containerPort: 80), PortBinding(hostPort: 8001, containerPort: 81),
            ]
        )
        #expect(
            try PortBinding.parse("8000-8010:80") == [
                PortBinding(hostPort: 8000, hostPortEnd: 8010, containerPort: 80)
            ]
        )
        #expect(try PortBinding.exposed("80-82/tcp") == ["80/tcp", "81/tcp", "82/tcp"])
    }

    @Test(arguments: [
        ("abc", "invalid containerPort: abc"), ("70000", "invalid containerPort: 70000"),
        ("x:80", "invalid hostPort: x"), ("80/icmp", "invalid proto: icmp"),
        ("300.1.1.1:80:80", "invalid IP address: 300.1.1.1"),
        ("8000-8003:80-81", "invalid ranges specified for container and host Ports: 80-81 and 8000-8003"),
        ("82-80", "invalid containerPort: 82-80"),
    ])
    func `wrong ports`(text: String, message: String) {
        #expect(throws: ContainerError.syntax(message)) { try PortBinding.parse(text) }
    }

    @Test func `volumes in all their forms`() throws {
        let anonymous = try MountSpec(volume: "/data")
        #expect(anonymous.kind == .volume && anonymous.source == nil && anonymous.target == "/data")
        let named = try MountSpec(volume: "db:/data:ro,nocopy")
        #expect(named.kind == .volume && named.source == "db" && named.readOnly && !named.copiesUp)
        let bind = try MountSpec(volume: "/src:/dst:rslave")
        #expect(bind.kind == .bind && bind.createsSource && bind.propagation == "rslave")
    }

    @Test(arguments: [
        "", ":", "a:b:c:d", "/src:dst", "/src:/", "my vol:/data", "db:/data:rslave", "/a:/b:bogus", "-x:/data",
    ])
    func `wrong volumes`(text: String) {
        #expect(throws: ContainerError.self) { try MountSpec(volume: text) }
    }

    @Test func `mounts by keys`() throws {
        let bind = try MountSpec(mount: ["type=bind", "source=/a", "target=/b", "readonly"])
        #expect(
            bind.kind == .bind && bind.source == "/a" && bind.target == "/b" && bind.readOnly && !bind.createsSource)
        let tmpfs = try MountSpec(mount: ["type=tmpfs", "dst=/t", "tmpfs-size=1m", "tmpfs-mode=1770"])
        #expect(tmpfs.tmpfsOptions == "size=1048576,mode=1770")
        #expect(throws: ContainerError.syntax("unexpected key 'foo' in 'foo=bar'")) {
            try MountSpec(mount: ["foo=bar", "target=/x"])
        }
        #expect(throws: ContainerError.syntax("target is required")) { try MountSpec(mount: ["type=volume"]) }
        #expect(throws: ContainerError.syntax("invalid field 'type' must be a key=value pair")) {
            try MountSpec(mount: ["type", "target=/x"])
        }
        let recursive = ["type=bind", "src=/a", "dst=/b", "bind-recursive=readonly"]
        #expect(
            throws: ContainerError.syntax(
                "option 'bind-recursive=readonly' requires 'readonly' to be specified in conjunction")
        ) { try MountSpec(mount: recursive) }
        #expect(
            throws: ContainerError.syntax(
                "option 'bind-recursive=readonly' requires 'bind-propagation=rprivate' to be specified in conjunction")
        ) { try MountSpec(mount: recursive + ["ro"]) }
        #expect(
            try MountSpec(mount: recursive + ["ro", "bind-propagation=rprivate"]).recursion == .readonly)
    }

    @Test func `restart policies`() throws {
        #expect(try RestartPolicy(parsing: "on-failure:3") == .onFailure(maximumRetries: 3))
        #expect(try RestartPolicy(parsing: "") == .no)
        #expect(throws: ContainerError.self) { try RestartPolicy(parsing: "always:3") }
        #expect(throws: ContainerError.self) { try RestartPolicy(parsing: "sometimes") }
        #expect(RestartPolicy.onFailure(maximumRetries: 2).restarts(afterExit: 1, restarts: 1))
        #expect(!RestartPolicy.onFailure(maximumRetries: 2).restarts(afterExit: 1, restarts: 2))
        #expect(!RestartPolicy.onFailure(maximumRetries: 0).restarts(afterExit: 0, restarts: 0))
    }

    @Test func `limits, devices, signals, sizes, detach keys`() throws {
        #expect(try ResourceLimit(parsing: "nofile=1024:2048") == ResourceLimit(name: "nofile", soft: 1024, hard: 2048))
        #expect(throws: ContainerError.self) { try ResourceLimit(parsing: "nofile=3:2") }
        #expect(throws: ContainerError.syntax("invalid ulimit type: files")) { try ResourceLimit(parsing: "files=1") }
        #expect(
            try DeviceSpec(parsing: "/dev/fuse:/dev/x:r")
                == DeviceSpec(hostPath: "/dev/fuse", containerPath: "/dev/x", permissions: "r")
        )
        #expect(try DeviceSpec(parsing: "/dev/fuse:rw").permissions == "rw")
        #expect(try Signal.parse("sigterm") == 15 && Signal.parse("9") == 9 && Signal.parse("RTMIN+3") == 37)
        #expect(throws: ContainerError.invalid("invalid signal: SIGFOO")) { try Signal.parse("SIGFOO") }
        #expect(try ByteCount.parse("1.5g", key: "m") == 3 << 29)
        #expect(try ByteCount.parse("64MiB", key: "m") == 64 << 20)
        #expect(try DetachKeys(parsing: "ctrl-p,x").bytes == [16, 120])
        #expect(throws: ContainerError.self) { try DetachKeys(parsing: "ctrl-") }
    }

    @Test func `detach keys are found in a stream and begun ones are not lost`() {
        var keys = DetachKeys.standard
        #expect(keys.filter([97, 16][...]).output == [97])
        let broken = keys.filter([98][...])
        #expect(broken.output == [16, 98] && !broken.isComplete)
        #expect(keys.filter([16, 16][...]).output == [16])
        #expect(keys.filter([17][...]).isComplete)
    }
}
