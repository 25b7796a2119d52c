// SPDX-License-Identifier: Apache-2.0
import OCI
import Testing

struct ImageConfigTests {
    private static let diffID = "sha256:" + String(repeating: "0f", count: 32)
    private static let rootfs = #""rootfs":{"type":"layers","diff_ids":["\#(diffID)"]}"#

    private static func parse(_ fields: String) throws(ImageConfigError) -> ImageConfig {
        try ImageConfig(parsing: Array("{\(fields)}".utf8))
    }

    @Test func `every field of docker's image JSON is read`() throws {
        let config = try Self.parse(
            #"""
            "architecture":"arm","variant":"v7","os":"linux","os.version":"1","os.features":["a"],"author":"me",
            "created":"2024-02-29T23:59:59.123456789+02:00","comment":"c","container":"abc","docker_version":"28.5.2",
            "parent":"p","container_config":{"Hostname":"h"},
            "config":{"User":"u","Env":["A=1","B"],"Cmd":["x"],"Entrypoint":"one","ExposedPorts":{"80/tcp":{}},
              "Volumes":{"/v":{}},"WorkingDir":"/w","Labels":{"k":"v"},"StopSignal":"9","StopTimeout":5,"OnBuild":["RUN x"],
              "Shell":["/bin/sh"],"Tty":true,
              "Healthcheck":{"Test":["CMD","t"],"Interval":30000000000,"Timeout":1,"StartPeriod":2,"StartInterval":3,"Retries":4}},
            "history":[{"created":"2024-01-01T00:00:00Z","created_by":"b","comment":"c","author":"a"},{"empty_layer":true}],
            """# + Self.rootfs
        )
        #expect(
            config.platform
                == Platform(os: "linux", architecture: "arm", variant: "v7", osVersion: "1", osFeatures: ["a"]))
        #expect(config.created == "2024-02-29T23:59:59.123456789+02:00")
        #expect(
            [config.author, config.comment, config.container, config.dockerVersion, config.parent] == [
                "me", "c", "abc", "28.5.2", "p",
            ])
        #expect(config.containerConfig?.hostname == "h")
        #expect(config.config.env == ["A=1", "B"])
        #expect(config.config.entrypoint == ["one"])
        #expect(config.config.exposedPorts == ["80/tcp"])
        #expect(config.config.stopTimeout == 5)
        #expect(config.config.tty)
        let health = HealthConfig(
            test: ["CMD", "t"], interval: 30_000_000_000, timeout: 1, startPeriod: 2, startInterval: 3, retries: 4
        )
        #expect(config.config.healthcheck == health)
        #expect(config.history?.map(\.emptyLayer) == [false, true])
        #expect(config.diffIDs.map(\.description) == [Self.diffID])
    }

    @Test func `null and absent are kept apart from empty`() throws {
        let config = try Self.parse(#""config":{"Env":null,"Cmd":[],"Labels":{}},\#(Self.rootfs)"#)
        #expect(config.hasConfig)
        #expect(config.config.env == nil)
        #expect(config.config.cmd == [])
        #expect(config.config.labels == [:])
        #expect(config.config.volumes == nil)
        #expect(config.history == nil)
        #expect(try Self.parse(#""config":null,\#(Self.rootfs)"#).hasConfig == false)
    }

    @Test func `the last of keys that Go takes for one wins`() throws {
        #expect(try Self.parse(#""os":"a","OS":"b",\#(Self.rootfs)"#).os == "b")
    }

    @Test(arguments: ["", #""rootfs":null"#, #""rootfs":{}"#, #""rootfs":{"type":"other"}"#, #""rootfs":[]"#])
    func `a config without layers of a known type has docker's text`(fields: String) throws {
        let error = try #require(throws: ImageConfigError.self) { try Self.parse(fields) }
        #expect(error.description == "invalid rootfs in image configuration")
    }

    private static let wrong: [(String, String)] = [
        (#""config":{"User":1}"#, "config.User"),
        (#""config":{"Env":[1]}"#, "config.Env[0]"),
        (#""config":{"Volumes":["/v"]}"#, "config.Volumes"),
        (#""config":{"Healthcheck":{"Interval":"30s"}}"#, "config.Healthcheck.Interval"),
        (#""history":{}"#, "history"),
        (#""history":[{"empty_layer":"yes"}]"#, "history[0].empty_layer"),
        (#""created":"yesterday""#, "created"),
        (#""created":"2023-02-29T00:00:00Z""#, "created"),
        (#""created":"2023-02-28T24:00:00Z""#, "created"),
        (#""created":"2023-02-28 00:00:00Z""#, "created"),
    ]

    @Test(arguments: wrong)
    func `the field that is wrong is named`(fields: String, path: String) throws {
        let error = try #require(throws: ImageConfigError.self) { try Self.parse("\(fields),\(Self.rootfs)") }
        guard case .invalidField(let found, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(found == path)
    }

    @Test func `steps and labels are bounded`() {
        func isRefused(steps: Int, labels: Int) -> Bool {
            let history = Array(repeating: "{}", count: steps).joined(separator: ",")
            let map = (0..<labels).map { "\"\($0)\":\"\"" }.joined(separator: ",")
            let fields = "\"history\":[\(history)],\"config\":{\"Labels\":{\(map)}}"
            return (try? Self.parse("\(fields),\(Self.rootfs)")) == nil
        }
        let (steps, labels) = (ManifestLimits.maximumHistoryCount, ManifestLimits.maximumLabelCount)
        #expect(!isRefused(steps: steps, labels: labels))
        #expect(isRefused(steps: steps + 1, labels: 0))
        #expect(isRefused(steps: 0, labels: labels + 1))
    }
}
