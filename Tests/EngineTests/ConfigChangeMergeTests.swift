// SPDX-License-Identifier: Apache-2.0
import Engine
import OCI
import Testing

struct ConfigChangeMergeTests {
    private static func base() -> ContainerConfig {
        var base = ContainerConfig()
        base.user = "base"
        base.env = ["A=base", "B=base"]
        base.cmd = ["base"]
        base.entrypoint = ["base-entry"]
        base.labels = ["a": "base", "b": "base"]
        base.volumes = ["/base"]
        base.exposedPorts = ["1/tcp"]
        base.healthcheck = HealthConfig(test: ["CMD", "base"], interval: 5, retries: 2)
        base.shell = ["/bin/base"]
        base.onBuild = ["RUN base"]
        return base
    }

    @Test func `what is empty is filled in`() {
        let result = ContainerConfig().filled(from: Self.base())
        #expect(result.user == "base")
        #expect(result.env == ["A=base", "B=base"])
        #expect(result.cmd == ["base"])
        #expect(result.entrypoint == ["base-entry"])
        #expect(result.healthcheck?.retries == 2)
        #expect(result.shell == nil)
        #expect(result.onBuild == nil)
    }

    @Test func `what is there stays and is added to`() {
        var own = ContainerConfig()
        own.user = "own"
        own.env = ["A=own"]
        own.labels = ["a": "own"]
        own.volumes = ["/own"]
        own.exposedPorts = ["2/tcp"]
        own.healthcheck = HealthConfig(test: ["NONE"])
        let result = own.filled(from: Self.base())
        #expect(result.user == "own")
        #expect(result.env == ["A=own", "B=base"])
        #expect(result.labels == ["a": "own", "b": "base"])
        #expect(result.volumes == ["/own", "/base"])
        #expect(result.exposedPorts == ["1/tcp", "2/tcp"])
        #expect(result.healthcheck == HealthConfig(test: ["NONE"], interval: 5, retries: 2))
    }

    @Test func `a command or entrypoint of its own keeps the other's out`() {
        var own = ContainerConfig()
        own.cmd = ["own"]
        #expect(own.filled(from: Self.base()).cmd == ["own"])
        #expect(own.filled(from: Self.base()).entrypoint == ["base-entry"])
        own = ContainerConfig()
        own.entrypoint = ["own"]
        #expect(own.filled(from: Self.base()).cmd == nil)
        own.entrypoint = []
        #expect(own.filled(from: Self.base()).entrypoint == [])
        #expect(own.filled(from: Self.base()).cmd == ["base"])
    }
}
