// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Images with several platforms on their way out of the store.
@Suite(.enabled(if: RegistryProcess.isInstalled))
struct MultiPlatformTests {
    private let registry: RegistryProcess
    private let dockerlite: DockerliteProcess
    private let amd: TestLayout.Entry
    private let index: TestLayout.Entry

    init() async throws {
        registry = try await RegistryProcess.start()
        dockerlite = try DockerliteProcess()
        let layout = try TestLayout()
        amd = try TestImage(layers: [try TestLayer(["amd": [1]])]).write(to: layout)
        let arm = try TestImage(layers: [try TestLayer(["arm": [2]])], architecture: "arm64").write(to: layout)
        index = try layout.index([amd, arm])
        try layout.publish(index, as: "\(registry.host)/multi:1")
    }

    private func pull(_ architecture: String) throws {
        let pull = try dockerlite.run("pull", "-q", "--platform", "linux/\(architecture)", "\(registry.host)/multi:1")
        #expect(pull.status == 0, "\(pull.errors)")
    }

    private func digest(of name: String) throws -> String {
        let raw = try TestCommand.check(
            ["skopeo", "inspect", "--raw", "--tls-verify=false", "docker://\(registry.host)/\(name)"])
        return try TestLayout().digest(of: raw)
    }

    @Test func `a tag of an index is pushed as the index where all of it is here`() throws {
        try pull("amd64")
        try pull("arm64")
        try dockerlite.run("tag", "\(registry.host)/multi:1", "\(registry.host)/copy:2")
        let push = try dockerlite.run("push", "\(registry.host)/copy:2")
        #expect(push.status == 0, "\(push.errors)")
        #expect(push.text.hasSuffix("2: digest: \(index.digest) size: \(index.size)\n"), "\(push.text)")
        #expect(try digest(of: "copy:2") == index.digest)
    }

    @Test func `a tag of an index is pushed as the one platform that is here`() throws {
        try pull("amd64")
        try dockerlite.run("tag", "\(registry.host)/multi:1", "\(registry.host)/copy:2")
        let push = try dockerlite.run("push", "\(registry.host)/copy:2")
        #expect(push.status == 0, "\(push.errors)")
        #expect(try digest(of: "copy:2") == amd.digest)
    }

    @Test func `a tag by ID means the image alone`() throws {
        try pull("arm64")
        try pull("amd64")
        let id = try dockerlite.run("inspect", "--format", "{{.Id}}", "\(registry.host)/multi:1").text
        let tag = try dockerlite.run(
            "tag", id.trimmingCharacters(in: .whitespacesAndNewlines), "\(registry.host)/copy:3")
        #expect(tag.status == 0, "\(tag.errors)")
        try dockerlite.run("push", "\(registry.host)/copy:3")
        #expect(try digest(of: "copy:3") == amd.digest)
    }
}
