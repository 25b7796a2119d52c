// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import DockerCLI

/// `inspect` and `image inspect`, with docker 28.5.2's texts over the same images.
struct InspectTests {
    private let store: ListingStore
    private let images: ListingStore.Transcript

    init() throws {
        store = try ListingStore()
        images = try store.addTranscript()
    }

    @Test func `an image has docker's members in their order`() throws {
        let layer = ListingStore.diffID(ListingStore.baseLayer)
        #expect(
            try store.run("image", "inspect", "base:1").out == """
                [
                    {
                        "Id": "\(images.base)",
                        "RepoTags": [
                            "base:1",
                            "localhost:5001/team/base:1"
                        ],
                        "RepoDigests": [],
                        "Parent": "",
                        "Comment": "base import",
                        "Created": "2026-11-24T14:19:53.238440702Z",
                        "DockerVersion": "28.5.2",
                        "Author": "",
                        "Architecture": "amd64",
                        "Os": "linux",
                        "Size": 3964542,
                        "GraphDriver": {
                            "Data": null,
                            "Name": "overlay2"
                        },
                        "RootFS": {
                            "Type": "layers",
                            "Layers": [
                                "\(layer)"
                            ]
                        },
                        "Metadata": {
                            "LastTagTime": "0001-01-01T00:00:00Z"
                        },
                        "Config": {
                            "Cmd": [
                                "/bin/sh"
                            ],
                            "Entrypoint": null,
                            "Env": [
                                "PATH=/bin"
                            ],
                            "Labels": {
                                "a": "b",
                                "c": "d e"
                            },
                            "OnBuild": null,
                            "User": "",
                            "Volumes": null,
                            "WorkingDir": ""
                        }
                    }
                ]

                """)
    }

    @Test func `unusual parts of a config are shown where they are set`() throws {
        let config = """
            {"User":"1000","ExposedPorts":{"80/tcp":{},"443/tcp":{}},"Healthcheck":{"Test":["CMD","true"],\
            "Interval":30000000000,"Retries":3},"Shell":["/bin/bash"],"StopSignal":"SIGINT","Volumes":{"/data":{}},\
            "Labels":{"html":"<&>"}}
            """
        try store.add(.init(layers: [], created: nil, config: config), ["odd:1"])
        let json = try store.run("inspect", "-f", "json", "odd:1").out
        #expect(
            json.contains(
                """
                "Config":{"Cmd":null,"Entrypoint":null,"Env":null,"ExposedPorts":{"443/tcp":{},"80/tcp":{}},\
                "Healthcheck":{"Test":["CMD","true"],"Interval":30000000000,"Retries":3},\
                "Labels":{"html":"\\u003c\\u0026\\u003e"},"OnBuild":null,"Shell":["/bin/bash"],"StopSignal":"SIGINT",\
                "User":"1000","Volumes":{"/data":{}},"WorkingDir":""}
                """))
        #expect(!json.contains("\"Created\""))
        #expect(
            try store.run("inspect", "-f", "{{json .Config}}", "odd:1").out == """
                {"User":"1000","ExposedPorts":{"443/tcp":{},"80/tcp":{}},"Volumes":{"/data":{}},\
                "Labels":{"html":"<&>"},"StopSignal":"SIGINT",\
                "Healthcheck":{"Test":["CMD","true"],"Interval":30000000000,"Retries":3},"Shell":["/bin/bash"]}

                """)
    }

    @Test(arguments: [
        ("{{.ID}}", "ID"), ("{{.Id}}", "ID"), ("{{.Os}}/{{.Architecture}}", "linux/amd64"), ("{{.Size}}", "3964542"),
        ("{{.RepoTags}}", "[base:1 localhost:5001/team/base:1]"), ("{{index .RepoTags 0}}", "base:1"),
        ("{{.Config.Labels}}", "map[a:b c:d e]"), (#"{{index .Config.Labels "c"}}"#, "d e"),
        ("{{.Config.Env}}{{.Config.Cmd}}", "[PATH=/bin][/bin/sh]"), ("{{len .RootFS.Layers}}", "1"),
        ("{{.Metadata.LastTagTime}}", "0001-01-01 00:00:00 +0000 UTC"), ("{{.Config.Labels.nope}}", "<no value>"),
        ("{{range $k, $v := .Config.Labels}}{{$k}}={{$v}};{{end}}", "a=b;c=d e;"), ("{{.Config.Healthcheck}}", "<nil>"),
        ("{{.GraphDriver.Name}} {{.GraphDriver.Data}}", "overlay2 map[]"),
        ("{{.Created}}", "2026-11-24T14:19:53.238440702Z"),
    ])
    func `templates see the struct of docker's client, then the raw JSON`(format: String, expected: String) throws {
        let expected = expected == "ID" ? "\(images.base)" : expected
        #expect(try store.run("image", "inspect", "-f", format, "base:1") == .init(code: 0, out: expected + "\n"))
        #expect(try store.run("inspect", "--format", format, "base:1") == .init(code: 0, out: expected + "\n"))
    }

    @Test func `missing objects come last, found ones are shown`() throws {
        #expect(
            try store.run("image", "inspect", "-f", "{{.RepoTags}}", "nosuch", "m:1", "other:2")
                == .init(
                    code: 1, out: "[m:1]\n",
                    err: "Error response from daemon: No such image: nosuch:latest\n"
                        + "Error response from daemon: No such image: other:2\n"))
        #expect(
            try store.run("inspect", "nosuch") == .init(code: 1, out: "[]\n", err: "Error: No such object: nosuch\n"))
        #expect(
            try store.run("inspect", "-f", "{{.Id}}", "Not A Name")
                == .init(code: 1, out: "\n", err: "Error: No such object: Not A Name\n"))
    }

    @Test func `an empty name is refused before anything is looked up`() throws {
        let container = "invalid container name or ID: value is empty\n"
        #expect(try store.run("inspect", "") == .init(code: 1, out: "[]\n", err: container))
        let image = "Error: No such image: \n"
        #expect(try store.run("image", "inspect", "") == .init(code: 1, out: "[]\n", err: image))
    }

    @Test func `the comment is that of the last step when the image has none`() throws {
        #expect(try store.run("inspect", "-f", "{{.Comment}}", "m:2").out == "step 2\n")
    }

    @Test func `a bad template ends with 64, a missing field with 1`() throws {
        #expect(
            try store.run("inspect", "-f", "{{.ID", "m:1")
                == .init(code: 64, err: "template parsing error: template: :1: unclosed action\n"))
        #expect(
            try store.run("inspect", "-f", "{{.Nope}}", "m:1")
                == .init(
                    code: 1, out: "\n",
                    err: "template parsing error: template: :1:2: executing \"\" at <.Nope>: map has no entry for key "
                        + "\"Nope\"\n"))
    }

    @Test func `the type narrows the search`() throws {
        #expect(try store.run("inspect", "--type", "image", "-f", "{{.Os}}", "m:1").out == "linux\n")
        #expect(
            try store.run("inspect", "--type", "image", "nosuch")
                == .init(code: 1, out: "[]\n", err: "Error response from daemon: No such image: nosuch:latest\n"))
        #expect(
            try store.run("inspect", "--type", "volume", "m:1").err
                == "Error response from daemon: get m:1: no such volume\n")
        #expect(
            try store.run("inspect", "--type", "foo", "m:1").err
                == "unknown type: \"foo\": must be one of \"config\", \"container\", \"image\", \"network\", \"node\", "
                + "\"plugin\", \"secret\", \"service\", \"task\", \"volume\"\n")
    }

    @Test func `the size of an image is asked for in vain`() throws {
        #expect(
            try store.run("inspect", "-s", "-f", "{{.Os}}", "m:1")
                == .init(code: 0, out: "linux\n", err: "WARNING: --size ignored for image\n"))
    }

    @Test func `another platform than the image's is an error`() throws {
        #expect(try store.run("image", "inspect", "--platform", "linux/amd64", "-f", "{{.Os}}", "m:1").out == "linux\n")
        let outcome = try store.run("image", "inspect", "--platform", "linux/arm64", "m:1")
        #expect(outcome.code == 1 && outcome.err.hasSuffix("wanted linux/arm64, actual: linux/amd64\n"))
    }
}
