// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// `pull` from and `push` to layouts, archives and engines. What is written is read by skopeo, and the other way round.
@Suite(.enabled(if: RegistryProcess.isInstalled))
struct LocationTests: PlacesSuite {
    let fixture: PlacesFixture

    init() async throws {
        fixture = try await PlacesFixture()
    }

    /// An image in the store under a short name.
    private func haveImage(_ name: String = "app:1") throws {
        #expect(try dockerlite.run("pull", "-q", "--platform", "linux/amd64", image).status == 0)
        #expect(try dockerlite.run("tag", image, name).status == 0)
    }

    private func skopeo(_ source: String, to target: String, all: Bool = false) throws {
        try TestCommand.check(
            ["skopeo", "copy", "-q", "--src-tls-verify=false"] + (all ? ["--all"] : []) + [source, target])
    }

    private func id(_ name: String) throws -> String {
        try dockerlite.run("inspect", "--format", "{{.Id}}", name).text.trimmingCharacters(in: .newlines)
    }

    // MARK: Out

    @Test func `a tag alone names the image in an archive, and no repository`() throws {
        try haveImage()
        let push = try dockerlite.run("push", "app:1", place("oci-archive", "a.tar", "v2"))
        #expect(push.status == 0, "\(push.errors)")
        #expect(push.text.hasSuffix("v2: digest: \(amd.digest) size: \(amd.size)\n"))
        #expect(try digest(of: place("oci-archive", "a.tar", "v2")) == amd.digest)
        let copy = try dockerlite.run("image", "cp", image, place("oci-archive", "b.tar", "v3"))
        #expect(copy.status == 0, "\(copy.errors)")
        #expect(try digest(of: place("oci-archive", "b.tar", "v3")) == amd.digest)
        #expect(try dockerlite.run("pull", place("oci-archive", "b.tar")).status == 0)
        #expect(try dockerlite.run("images", "--format", "{{.Repository}}:{{.Tag}}", "v*").text == "")
    }

    @Test func `a push to a layout is read by skopeo, under its own name and another`() throws {
        try haveImage()
        let push = try dockerlite.run("push", "app:1", place("oci", "layout"))
        #expect(push.status == 0, "\(push.errors)")
        #expect(push.text.hasSuffix("1: digest: \(amd.digest) size: \(amd.size)\n"))
        #expect(push.text.split(separator: "\n").filter { $0.hasSuffix(": Pushed") }.count == 3)
        let again = try dockerlite.run("push", "app:1", place("oci", "layout", "v2"))
        #expect(again.text.split(separator: "\n").filter { $0.hasSuffix(": Layer already exists") }.count == 3)
        #expect(try digest(of: place("oci", "layout", "1")) == amd.digest)
        #expect(try digest(of: place("oci", "layout", "v2")) == amd.digest)
        let other = try DockerliteProcess()
        let pull = try other.run("pull", place("oci", "layout", "v2"))
        #expect(pull.text.hasSuffix("Status: Downloaded newer image for app:v2\ndocker.io/library/app:v2\n"))
        #expect(try other.run("images", "--format", "{{.Repository}}:{{.Tag}}").text == "app:v2\n")
    }

    @Test func `archives are read by skopeo`() throws {
        try haveImage()
        let oci = try dockerlite.run("push", "app:1", place("oci-archive", "o.tar"))
        #expect(oci.status == 0, "\(oci.errors)")
        #expect(try digest(of: place("oci-archive", "o.tar")) == amd.digest)
        let named = try dockerlite.run("push", "-q", "app:1", place("docker-archive", "d.tar", "team/app:7"))
        #expect(named.text == place("docker-archive", "d.tar", "team/app:7") + "\n")
        let tags = try TestCommand.check(["skopeo", "list-tags", place("docker-archive", "d.tar")])
        #expect(String(decoding: tags, as: UTF8.self).contains("team/app:7"))
        let config = try TestCommand.check(
            ["skopeo", "inspect", "--config", "--raw", place("docker-archive", "d.tar", "team/app:7")])
        #expect(try TestLayout().digest(of: config) == amd.imageID)
    }

    @Test func `an index goes out whole where all of it is here`() throws {
        for architecture in ["amd64", "arm64"] {
            try dockerlite.run("pull", "-q", "--platform", "linux/\(architecture)", "\(registry.host)/multi:1")
        }
        let push = try dockerlite.run("push", "\(registry.host)/multi:1", place("oci", "layout"))
        #expect(push.status == 0, "\(push.errors)")
        #expect(try digest(of: place("oci", "layout", "1")) == index.digest)
        let one = try dockerlite.run(
            "push", "--platform", "linux/arm64", "\(registry.host)/multi:1", place("oci-archive", "arm.tar"))
        #expect(one.status == 0, "\(one.errors)")
        #expect(try digest(of: place("oci-archive", "arm.tar")) == arm.digest)
    }

    @Test func `places that can't be pushed to`() throws {
        try haveImage()
        try places.write("x", to: "full/file")
        let full = try dockerlite.run("push", "app:1", place("oci", "full"))
        #expect(full.status == 1)
        #expect(full.errors == "\(places.path)/full is no OCI image layout, and not empty\n")
        let missing = try dockerlite.run("push", "app:1", place("docker-archive", "no/x.tar"))
        #expect(
            missing.errors == "failed to save image: invalid output path: stat \(places.path)/no: "
                + "no such file or directory\n")
        let name = try dockerlite.run("push", "app:1", "\(registry.host)/other")
        #expect(name.status == 1)
        #expect(name.errors.hasPrefix("\(registry.host)/other is no place to push to: name oci:PATH[:TAG], "))
        let none = try dockerlite.run("push", "nosuch:1", place("oci", "new"))
        #expect(none.errors == "No such image: nosuch:1\n")
        #expect(!FileManager.default.fileExists(atPath: places.path + "/new"))
        let three = try dockerlite.run("push", "a", "b", "c")
        #expect(three.errors.hasPrefix("dockerlite: 'dockerlite push' requires 1 argument\n"))
    }

    // MARK: In

    @Test func `what skopeo writes is pulled`() throws {
        try skopeo("docker://\(image)", to: place("oci", "sk", "tagged"))
        try skopeo("docker://\(image)", to: place("oci-archive", "sk.tar", "some/app:3"))
        try skopeo("docker://\(image)", to: place("docker-archive", "skd.tar", "team/app:2"))
        let unnamed = try dockerlite.run("pull", "-q", place("oci", "sk"))
        #expect(unnamed.text == amd.imageID + "\n", "a tag alone names no repository: \(unnamed.errors)")
        let full = try dockerlite.run("pull", place("oci-archive", "sk.tar"))
        #expect(full.text.hasSuffix("\ndocker.io/some/app:3\n"), "\(full.text)\(full.errors)")
        let docker = try dockerlite.run("pull", place("docker-archive", "skd.tar"))
        #expect(
            docker.text.hasPrefix("Pulling from \(place("docker-archive", "skd.tar"))\nDigest: sha256:"))
        #expect(docker.text.hasSuffix("Status: Downloaded newer image for team/app:2\ndocker.io/team/app:2\n"))
        #expect(try id("team/app:2") == amd.imageID)
        #expect(try dockerlite.run("pull", place("oci-archive", "sk.tar")).text.contains("Image is up to date"))
        #expect(try dockerlite.run("system", "check", "--deep").status == 0)
    }

    @Test func `of several images one has to be named`() throws {
        try skopeo("docker://\(image)", to: place("oci", "two", "first"))
        try skopeo("docker://\(registry.host)/multi:1", to: place("oci", "two", "second"), all: true)
        let several = try dockerlite.run("pull", place("oci", "two"))
        #expect(several.status == 1)
        #expect(
            several.errors
                == "\(place("oci", "two")) has several images: name one of them after the path, with a colon "
                + "between; it has first, second\n")
        let none = try dockerlite.run("pull", place("oci", "two", "third"))
        #expect(none.errors == "\(place("oci", "two")) has no image \"third\": it has first, second\n")
        let arm = try dockerlite.run("pull", "-q", "--platform", "linux/arm64", place("oci", "two", "second"))
        #expect(arm.text == self.arm.imageID + "\n")
        let other = try dockerlite.run("pull", "--platform", "linux/s390x", place("oci", "two", "second"))
        #expect(other.errors == "no matching manifest for linux/s390x in the manifest list entries\n")
        try haveImage("one:1")
        try dockerlite.run("tag", "one:1", "two:2")
        try dockerlite.run("save", "-o", places.path + "/both.tar", "one:1", "two:2")
        let shared = try dockerlite.run("pull", "-q", place("docker-archive", "both.tar", "two:2"))
        #expect(shared.text == "docker.io/library/two:2\n")
    }

    @Test func `what a layout has beside the image stays there`() throws {
        try skopeo("docker://\(image)", to: place("oci", "mixed", "good"))
        try skopeo("docker://\(registry.host)/multi:1", to: place("oci", "mixed", "bad"), all: true)
        let blob = places.path + "/mixed/blobs/sha256/" + arm.imageID.dropFirst("sha256:".count)
        try Data("not the config".utf8).write(to: URL(fileURLWithPath: blob))
        #expect(try dockerlite.run("pull", place("oci", "mixed", "good")).status == 0)
        let bad = try dockerlite.run("pull", "--platform", "linux/arm64", place("oci", "mixed", "bad"))
        #expect(bad.status == 1)
        #expect(bad.errors.contains("has the digest sha256:"))
    }

    @Test func `hostile layouts are refused with nothing named`() throws {
        try skopeo("docker://\(image)", to: place("oci", "linked", "x/y:1"))
        let blob = places.path + "/linked/blobs/sha256/" + amd.imageID.dropFirst("sha256:".count)
        let copy = places.path + "/config.json"
        try FileManager.default.moveItem(atPath: blob, toPath: copy)
        try FileManager.default.createSymbolicLink(atPath: blob, withDestinationPath: copy)
        let link = try dockerlite.run("pull", place("oci", "linked"))
        #expect(link.status == 1)
        #expect(try dockerlite.run("images", "-aq").text == "")
        let missing = try dockerlite.run("pull", place("docker-archive", "none.tar"))
        #expect(missing.errors == "open \(places.path)/none.tar: no such file or directory\n")
        try places.write("no archive", to: "text.tar")
        let text = try dockerlite.run("pull", place("oci-archive", "text.tar"))
        #expect(text.status == 1)
        let all = try dockerlite.run("pull", "-a", place("oci", "linked"))
        #expect(all.errors == "\(place("oci", "linked")) has no tags to pull: -a is for registries\n")
    }

    @Test func `docker names with their transport are names`() throws {
        #expect(try dockerlite.run("pull", "-q", "docker://\(image)").text == image + "\n")
    }

    // MARK: Engine

    @Test func `an engine takes and gives images over its socket`() async throws {
        try haveImage()
        try dockerlite.run("save", "-o", places.path + "/saved.tar", "app:1")
        let archive = Array(try Data(contentsOf: URL(fileURLWithPath: places.path + "/saved.tar")))
        let socket = places.path + "/docker.sock"
        let server = try await FaultServer.start(socket: socket) { request in
            switch (request.method, request.path) {
            case ("POST", "/images/load"): .json(200, "{\"stream\":\"Loaded image: a:1\\n\"}\n")
            case ("GET", "/images/app:1/get"): ServerAnswer(200, body: archive)
            case ("GET", "/images/app:2/get"): ServerAnswer(200, body: archive).with(framing: .chunked)
            case ("GET", "/images/app:3/get"):
                ServerAnswer(200, body: archive).with(framing: .chunked).with(ending: .close(after: 100_000))
            case ("GET", "/images/app:4/get"): ServerAnswer(503)
            default: .json(404, #"{"message":"No such image: x"}"#)
            }
        }
        let settings = ["DOCKER_HOST": "unix://\(socket)"]
        let push = try dockerlite.run("push", "app:1", "docker-daemon:team/app:9", environment: settings)
        #expect(push.text.hasSuffix("9: digest: \(amd.digest) size: \(amd.size)\n"), "\(push.errors)")
        let sent = try places.write("", to: "sent.tar")
        try Data(try #require(server.requests(to: "/images/load").first).body).write(to: URL(fileURLWithPath: sent))
        #expect(try digest(of: place("oci-archive", "sent.tar")) == amd.digest)
        let other = try DockerliteProcess()
        for name in ["app:1", "app:2"] {
            let pull = try other.run("pull", "docker-daemon:" + name, environment: settings)
            #expect(pull.text.hasSuffix("\ndocker.io/library/app:1\n"), "\(pull.text)\(pull.errors)")
        }
        let broken = try other.run("pull", "docker-daemon:app:3", environment: settings)
        #expect(broken.status == 1)
        #expect(broken.errors == "unix://\(socket): unexpected EOF\n")
        let silent = try other.run("pull", "docker-daemon:app:4", environment: settings)
        #expect(silent.errors == "unix://\(socket): answered with status 503\n")
        let missing = try other.run("pull", "docker-daemon:x", environment: settings)
        #expect(missing.errors == "No such image: x\n")
        await server.stop()
    }

    @Test func `an engine is reached over the network, too`() async throws {
        try haveImage()
        try dockerlite.run("save", "-o", places.path + "/saved.tar", "app:1")
        let archive = Array(try Data(contentsOf: URL(fileURLWithPath: places.path + "/saved.tar")))
        let server = try await FaultServer.start { request in
            request.method == "GET" && request.path == "/images/app:1/get"
                ? ServerAnswer(200, body: archive) : .json(200, "{\"stream\":\"Loaded image: a:1\\n\"}\n")
        }
        let settings = ["DOCKER_HOST": "tcp://\(server.host)"]
        let pull = try DockerliteProcess().run("pull", "docker-daemon:app:1", environment: settings)
        #expect(pull.text.hasSuffix("\ndocker.io/library/app:1\n"), "\(pull.text)\(pull.errors)")
        let push = try dockerlite.run("push", "app:1", "docker-daemon:app:9", environment: settings)
        #expect(push.text.hasSuffix("9: digest: \(amd.digest) size: \(amd.size)\n"), "\(push.errors)")
        #expect(server.requests(to: "/images/load").count == 1)
        await server.stop()
    }

    @Test func `no engine answers`() throws {
        let socket = places.path + "/none.sock"
        let pull = try dockerlite.run(
            "pull", "docker-daemon:app:1", environment: ["DOCKER_HOST": "unix://\(socket)"])
        #expect(pull.status == 1)
        #expect(
            pull.errors == "Cannot connect to the Docker daemon at unix://\(socket): no such file or directory. "
                + "Is the docker daemon running?\n")
        let remote = try dockerlite.run(
            "pull", "docker-daemon:app:1", environment: ["DOCKER_HOST": "tcp://127.0.0.1:1"])
        #expect(
            remote.errors == "Cannot connect to the Docker daemon at tcp://127.0.0.1:1: connection refused. "
                + "Is the docker daemon running?\n")
        for (settings, error) in [
            (["DOCKER_HOST": "ssh://a"], "DOCKER_HOST is ssh://a: docker-daemon: reaches engines at unix://PATH and "),
            (
                ["DOCKER_HOST": "tcp://a:1", "DOCKER_TLS_VERIFY": "1"],
                "DOCKER_TLS_VERIFY is set: docker-daemon: has no TLS"
            ),
        ] {
            let refused = try dockerlite.run("pull", "docker-daemon:app:1", environment: settings)
            #expect(refused.errors.hasPrefix(error), "\(refused.errors)")
        }
    }
}
