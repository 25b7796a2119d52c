// SPDX-License-Identifier: Apache-2.0
import Synchronization
import TestSupport
import Testing

/// Registries that fail in the middle of an upload, each in its own way.
struct PushFaultTests {
    /// Takes one-piece uploads, keeps nothing but the bytes of each session.
    private final class Taker: Sendable {
        typealias Fault = @Sendable (ServerRequest, ServerAnswer) -> ServerAnswer

        private let received = Mutex<[String: [UInt8]]>([:])
        private let sessions = Atomic<Int>(0)
        private let faults = Mutex<[(method: String, fault: Fault)]>([])

        /// The next request of that method is answered by `fault`, after it took effect.
        func fault(_ method: String, times: Int = 1, _ fault: @escaping Fault) {
            faults.withLock { $0 += Array(repeating: (method, fault), count: times) }
        }

        func answer(_ request: ServerRequest) -> ServerAnswer {
            let honest = honestAnswer(request)
            let fault = faults.withLock { faults -> Fault? in
                guard let index = faults.firstIndex(where: { $0.method == request.method }) else { return nil }
                return faults.remove(at: index).fault
            }
            return fault?(request, honest) ?? honest
        }

        private func honestAnswer(_ request: ServerRequest) -> ServerAnswer {
            switch request.method {
            case "POST":
                return ServerAnswer(202, [("Location", "/up/\(sessions.add(1, ordering: .relaxed).newValue)")])
            case "PATCH":
                let size = received.withLock { received in
                    received[request.path, default: []] += request.body
                    return received[request.path]?.count ?? 0
                }
                return ServerAnswer(202, [("Location", request.path), ("Range", "0-\(size - 1)")])
            case "GET" where request.path.hasPrefix("/up/"):
                let size = received.withLock { $0[request.path]?.count ?? 0 }
                return ServerAnswer(204, [("Location", request.path), ("Range", "0-\(size - 1)")])
            case "PUT": return ServerAnswer(201)
            default: return ServerAnswer(404)
            }
        }

        /// Pretends that only the first bytes of what was just sent have arrived.
        func forget(_ request: ServerRequest, beyond count: Int) {
            received.withLock { $0[request.path]?.removeLast(request.body.count - count) }
        }
    }

    private let taker = Taker()
    private let server: FaultServer
    private let docker: DockerliteProcess
    private let entry: TestLayout.Entry

    init() async throws {
        server = try await FaultServer.start(handler: taker.answer)
        docker = try DockerliteProcess(program: "docker")
        try docker.write(engineConfig: #"{"max-download-attempts": 2, "max-concurrent-uploads": 1}"#)
        let layout = try TestLayout()
        entry = try TestImage(layers: [try TestLayer.random(size: 100_000, seed: 4)]).write(to: layout)
        let load = try docker.run("load", input: TestTar.archive(layout.members(entry, as: "\(server.host)/app:1")))
        #expect(load.status == 0, "\(load.errors)")
    }

    private func push() throws -> TestCommand.Result {
        try docker.run("push", "\(server.host)/app:1")
    }

    private func expectPushed(_ push: TestCommand.Result) {
        #expect(push.status == 0, "\(push.errors)")
        #expect(push.text.hasSuffix("1: digest: \(entry.digest) size: \(entry.size)\n"), "\(push.text)")
    }

    private var patches: [ServerRequest] { server.requests.filter { $0.method == "PATCH" } }

    @Test func `a reset in the middle goes on where the registry says`() throws {
        let taker = taker
        taker.fault("PATCH") { request, _ in
            taker.forget(request, beyond: 40_000)
            return ServerAnswer(500).with(ending: .reset(after: 0))
        }
        let push = try push()
        expectPushed(push)
        #expect(push.text.contains("Retrying in 5 seconds"))
        #expect(patches[1].header("Content-Range")?.hasPrefix("40000-") == true)
        #expect(patches[1].body.count == patches[0].body.count - 40_000)
    }

    @Test func `a copy whose upload is reset fetches from there on and goes on`() async throws {
        let origin = FakeRegistry()
        let layer = try TestLayer.random(size: 3 << 20, seed: 6)
        let digest = try #require(origin.add(TestImage(layers: [layer]), to: "app", tag: "1").first).digest
        let source = try await FaultServer.start(handler: origin.answer)
        let taker = taker
        taker.fault("PATCH") { request, _ in
            taker.forget(request, beyond: 1 << 20)
            return ServerAnswer(500).with(ending: .reset(after: 0))
        }
        let copy = try docker.run("image", "cp", "\(source.host)/app:1", "\(server.host)/copy:1")
        #expect(copy.status == 0, "\(copy.errors)")
        #expect(copy.text.contains("Retrying in 5 seconds"))
        #expect(patches[1].header("Content-Range")?.hasPrefix("\(1 << 20)-") == true)
        #expect(patches[0].body.prefix(1 << 20) + patches[1].body == layer.blob)
        let starts = source.requests(to: "/v2/app/blobs/\(digest)").map { $0.rangeStart ?? 0 }
        #expect(starts == [0, 1 << 20])
        await source.stop()
    }

    @Test func `a token that ends in the middle is renewed`() throws {
        let taker = taker
        taker.fault("PATCH") { request, _ in
            taker.forget(request, beyond: 0)
            return ServerAnswer(401, [("WWW-Authenticate", #"Basic realm="test""#)])
        }
        try docker.write(clientConfig: #"{"auths":{"\#(server.host)":{"auth":"bWU6c2VjcmV0"}}}"#)
        expectPushed(try push())
        #expect(patches[0].header("Authorization") == nil)
        #expect(patches[1].header("Authorization") == "Basic bWU6c2VjcmV0")
        #expect(patches[1].body == patches[0].body)
    }

    @Test func `another host gets the bytes and no credentials`() async throws {
        let storage = try await FaultServer.start { request in
            ServerAnswer(request.method == "PUT" ? 201 : 202, [("Location", request.path)])
        }
        let target = storage.url + "/elsewhere"
        taker.fault("HEAD") { _, _ in ServerAnswer(401, [("WWW-Authenticate", #"Basic realm="test""#)]) }
        taker.fault("POST") { _, _ in ServerAnswer(202, [("Location", target)]) }
        try docker.write(
            clientConfig: #"{"auths":{"\#(server.host)":{"auth":"bWU6c2VjcmV0"}},"HttpHeaders":{"X-Secret":"x"}}"#)
        expectPushed(try push())
        #expect(storage.requests.map(\.method) == ["PATCH", "PUT"])
        #expect(storage.requests.allSatisfy { $0.header("Authorization") == nil && $0.header("X-Secret") == nil })
        #expect(server.requests.last?.header("Authorization") == "Basic bWU6c2VjcmV0")
        await storage.stop()
    }

    @Test func `a registry that stores something else is told so`() throws {
        let other = "sha256:" + String(repeating: "b", count: 64)
        taker.fault("PUT") { _, _ in ServerAnswer(201, [("Docker-Content-Digest", other)]) }
        let blob = try push()
        #expect(blob.status == 1)
        #expect(blob.errors.contains("under another digest"), "\(blob.errors)")
        #expect(!blob.text.contains("digest: \(entry.digest)"))
    }

    @Test func `a manifest that comes out as another is an error`() throws {
        let other = "sha256:" + String(repeating: "b", count: 64)
        taker.fault("PUT", times: 2) { _, answer in answer }
        taker.fault("PUT") { _, _ in ServerAnswer(201, [("Docker-Content-Digest", other)]) }
        let push = try push()
        #expect(push.status == 1)
        #expect(push.errors.contains("under another digest"), "\(push.errors)")
    }

    @Test func `failures that pass are ridden out`() throws {
        taker.fault("PUT", times: 2) { _, answer in answer }
        taker.fault("PUT") { _, _ in ServerAnswer(503) }
        taker.fault("PUT") { _, _ in .error(429, "TOOMANYREQUESTS", "slow down", [("Retry-After", "1")]) }
        expectPushed(try push())
    }

    @Test func `refusals are docker's texts and final`() throws {
        taker.fault("POST") { _, _ in .error(403, "DENIED", "requested access to the resource is denied", detail: "[]")
        }
        let denied = try push()
        #expect(denied.status == 1)
        #expect(denied.errors == "denied: requested access to the resource is denied\n")
        taker.fault("PATCH") { _, _ in .error(429, "TOOMANYREQUESTS", "no more today") }
        let quota = try push()
        #expect(quota.status == 1)
        #expect(quota.errors == "toomanyrequests: no more today\n")
        #expect(patches.count == 1)
    }
}
