// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate
import Testing

@testable import DockerCLI

/// The Go structs that templates of `inspect` see.
@Suite struct InspectSchemaTests {
    private static let container: JSONValue = [
        "Id": "c0ffee", "Name": "/web", "Args": nil, "RestartCount": 2,
        "State": ["Status": "running", "Running": true, "Pid": 41],
        "HostConfig": [
            "Binds": ["/a:/b"], "Memory": 67_108_864, "Dns": [], "CapAdd": nil, "MemorySwappiness": nil,
            "Ulimits": [["Name": "nofile", "Hard": 2, "Soft": 1]],
        ],
        "Mounts": [["Type": "bind", "Source": "/a", "Destination": "/b", "RW": true]],
        "Config": ["Hostname": "h", "ExposedPorts": ["80/tcp": [:]], "Labels": ["a": "b"], "Entrypoint": nil],
        "NetworkSettings": [
            "Ports": ["80/tcp": [["HostIp": "127.0.0.1", "HostPort": "8080"]], "90/udp": nil], "IPPrefixLen": 16,
            "Networks": ["bridge": ["IPAddress": "10.0.0.2", "Aliases": nil]],
        ],
        "Unknown": "dropped",
    ]

    @Test(arguments: [
        (
            "{{.Id}}",
            "template: :1:2: executing \"\" at <.Id>: can't evaluate field Id in type container.InspectResponse"
        ),
        ("{{.ID}} {{.Name}} {{.RestartCount}} {{.Args}}", "c0ffee /web 2 []"),
        ("{{.State.Running}} {{.State.Health}} {{printf \"%d\" .State.Pid}}", "true <nil> 41"),
        ("{{join .HostConfig.Binds \",\"}} {{.HostConfig.Memory}} {{len .HostConfig.CapAdd}}", "/a:/b 67108864 0"),
        ("{{.HostConfig.MemorySwappiness}} {{.HostConfig.Ulimits}} {{.HostConfig.DNS}}", "<nil> [nofile=1:2] []"),
        ("{{printf \"%T %T\" .HostConfig.CapAdd .HostConfig.NetworkMode}}", "strslice.StrSlice container.NetworkMode"),
        ("{{.Mounts}}", "[{bind  /a /b   true }]"),
        ("{{.Config.ExposedPorts}} {{index .Config.Labels \"a\"}}", "map[80/tcp:{}] b"),
        (
            "{{range $port, $to := .NetworkSettings.Ports}}{{$port.Port}} {{$port.Proto}} {{len $to}};{{end}}",
            "80 tcp 1;90 udp 0;"
        ),
        (
            "{{index .NetworkSettings.Ports \"80/tcp\"}}",
            "template: :1:2: executing \"\" at <index .NetworkSettings.Ports \"80/tcp\">: "
                + "error calling index: value has type string; should be nat.Port"
        ),
        ("{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}} {{.NetworkSettings.IPPrefixLen}}", "10.0.0.2 16"),
        (
            "{{json .Mounts}}",
            #"[{"Type":"bind","Source":"/a","Destination":"/b","Mode":"","RW":true,"Propagation":""}]"#
        ),
        (
            "{{.Unknown}}",
            "template: :1:2: executing \"\" at <.Unknown>: can't evaluate field Unknown in type container.InspectResponse"
        ),
    ])
    func `Containers are typed as docker's client types them`(template: String, expected: String) throws {
        #expect(try Self.render(template, Self.container, .containerInspect) == expected)
    }

    @Test func `Fields of embedded structs stand among the others in JSON`() throws {
        let json = try Self.render("{{json .}}", ["Id": "x", "NetworkSettings": nil], .containerInspect)
        #expect(json.hasPrefix(#"{"Id":"x","Created":"","Path":"","Args":null,"State":null,"#))
        #expect(json.hasSuffix(#""Mounts":null,"Config":null,"NetworkSettings":null}"#))
    }

    @Test func `What an image does not set is left out of the JSON of its config`() throws {
        let image: JSONValue = ["Config": ["Cmd": ["sh"], "User": "", "Healthcheck": ["Interval": 3_000_000_000]]]
        let template = "{{json .Config}} {{.Config.Healthcheck.Interval}} {{.Config}}"
        #expect(
            try Self.render(template, image, .imageInspect).hasPrefix(
                #"{"Cmd":["sh"],"Healthcheck":{"Interval":3000000000}} 3s {{ map[] [] [] [sh] map[]  map[]  false} {"#))
    }

    private static func render(_ template: String, _ json: JSONValue, _ type: GoType) throws -> String {
        var output: [UInt8] = []
        do throws(TemplateError) {
            try Template(template, functions: .docker).execute(TemplateValue(json, as: type) { $0 }, into: &output)
        } catch {
            return error.message
        }
        return String(decoding: output, as: UTF8.self)
    }
}
