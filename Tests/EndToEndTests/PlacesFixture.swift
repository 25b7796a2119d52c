// SPDX-License-Identifier: Apache-2.0
import TestSupport

/// A registry with `app:1` and the index `multi:1`, an empty store, and a directory for layouts and archives.
struct PlacesFixture {
    let registry: RegistryProcess
    let dockerlite: DockerliteProcess
    let places: TemporaryDirectory
    let amd: TestLayout.Entry
    let arm: TestLayout.Entry
    let index: TestLayout.Entry

    var image: String { "\(registry.host)/app:1" }
    var multi: String { "\(registry.host)/multi:1" }

    init() async throws {
        registry = try await RegistryProcess.start()
        dockerlite = try DockerliteProcess()
        places = try TemporaryDirectory()
        let layout = try TestLayout()
        let base = try TestLayer(["base": [0]])
        amd = try TestImage(layers: [base, try TestLayer.random(size: 200_000, seed: 1)]).write(to: layout)
        arm = try TestImage(layers: [base, try TestLayer(["arm": [2]])], architecture: "arm64").write(to: layout)
        index = try layout.index([amd, arm])
        try layout.publish(amd, as: image)
        try layout.publish(index, as: multi)
    }
}

/// A suite with the fixture of its own, whose parts it has under their names.
protocol PlacesSuite {
    var fixture: PlacesFixture { get }
}

extension PlacesSuite {
    var registry: RegistryProcess { fixture.registry }
    var dockerlite: DockerliteProcess { fixture.dockerlite }
    var places: TemporaryDirectory { fixture.places }
    var amd: TestLayout.Entry { fixture.amd }
    var arm: TestLayout.Entry { fixture.arm }
    var index: TestLayout.Entry { fixture.index }
    var image: String { fixture.image }

    func place(_ transport: String, _ path: String, _ name: String? = nil) -> String {
        "\(transport):\(places.path)/\(path)" + (name.map { ":" + $0 } ?? "")
    }

    /// Of the manifest or index in a place, as skopeo sees it.
    func digest(of place: String) throws -> String {
        let raw = try TestCommand.check(["skopeo", "inspect", "--raw", "--tls-verify=false", place])
        return try TestLayout().digest(of: raw)
    }
}
