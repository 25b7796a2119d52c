// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI
import Synchronization

/// The content of a registry in memory, answering for a `FaultServer`. Faults are scripted per path and used up in
/// order; after them the honest answer follows.
public final class FakeRegistry: Sendable {
    private struct State {
        var manifests: [String: (bytes: [UInt8], mediaType: String)] = [:]
        var blobs: [String: [UInt8]] = [:]
        var tags: [String: [String]] = [:]
        var faults: [String: [@Sendable (ServerRequest, ServerAnswer) -> ServerAnswer]] = [:]
    }

    private let state = Mutex(State())
    /// Whether `Range` is honoured.
    private let servesRanges: Bool

    public init(servesRanges: Bool = true) {
        self.servesRanges = servesRanges
    }

    /// - Returns: the digest it is stored under, besides the tag.
    @discardableResult
    public func add(
        manifest bytes: [UInt8], mediaType: MediaType = .ociManifest, to path: String, tag: String? = nil
    ) -> Digest {
        let digest = SHA256Hasher.digest(of: bytes)
        state.withLock { state in
            state.manifests["\(path)@\(digest)"] = (bytes, mediaType.rawValue)
            guard let tag else { return }
            state.manifests["\(path)@\(tag)"] = (bytes, mediaType.rawValue)
            state.tags[path, default: []].append(tag)
        }
        return digest
    }

    /// - Returns: its descriptor, as a layer.
    @discardableResult
    public func add(blob bytes: [UInt8], mediaType: MediaType = .ociLayer) -> Descriptor {
        let digest = SHA256Hasher.digest(of: bytes)
        state.withLock { $0.blobs[digest.description] = bytes }
        return Descriptor(mediaType: mediaType, digest: digest, size: Int64(bytes.count))
    }

    /// The next answer to a request of that path goes through `change`.
    public func fault(
        at path: String, times: Int = 1, _ change: @escaping @Sendable (ServerRequest, ServerAnswer) -> ServerAnswer
    ) {
        state.withLock { $0.faults[path, default: []] += Array(repeating: change, count: times) }
    }

    public func answer(_ request: ServerRequest) -> ServerAnswer {
        let honest = honestAnswer(request)
        let change = state.withLock { state -> (@Sendable (ServerRequest, ServerAnswer) -> ServerAnswer)? in
            guard let next = state.faults[request.path]?.first else { return nil }
            state.faults[request.path]?.removeFirst()
            return next
        }
        return change?(request, honest) ?? honest
    }

    private func honestAnswer(_ request: ServerRequest) -> ServerAnswer {
        guard request.path.hasPrefix("/v2/") else { return ServerAnswer(404) }
        let path = request.path.dropFirst(4)
        if path.isEmpty { return .json(200, "{}") }
        if let (name, rest) = Self.split(path, at: "/manifests/") { return manifest(name, rest, request) }
        if let (_, rest) = Self.split(path, at: "/blobs/") { return blob(rest, request) }
        if let (name, _) = Self.split(path, at: "/tags/list") {
            let tags = state.withLock { $0.tags[name] ?? [] }.map { "\"\($0)\"" }.joined(separator: ",")
            return .json(200, "{\"name\":\"\(name)\",\"tags\":[\(tags)]}")
        }
        return ServerAnswer(404)
    }

    private func manifest(_ name: String, _ reference: String, _ request: ServerRequest) -> ServerAnswer {
        guard let manifest = state.withLock({ $0.manifests["\(name)@\(reference)"] }) else {
            return .error(404, "MANIFEST_UNKNOWN", "manifest unknown", detail: #"{"Tag":"\#(reference)"}"#)
        }
        return ServerAnswer(
            200,
            [
                ("Content-Type", manifest.mediaType),
                ("Docker-Content-Digest", SHA256Hasher.digest(of: manifest.bytes).description),
            ], body: manifest.bytes)
    }

    private func blob(_ digest: String, _ request: ServerRequest) -> ServerAnswer {
        guard let bytes = state.withLock({ $0.blobs[digest] }) else {
            return .error(404, "BLOB_UNKNOWN", "blob unknown to registry", detail: #"{"digest":"x"}"#)
        }
        let headers = [(name: "Content-Type", value: "application/octet-stream")]
        guard servesRanges, let (start, last) = request.range else { return ServerAnswer(200, headers, body: bytes) }
        let end = min(last ?? bytes.count, bytes.count - 1)
        guard start <= end else { return ServerAnswer(416, [("Content-Range", "bytes */\(bytes.count)")]) }
        return ServerAnswer(
            206, headers + [("Content-Range", "bytes \(start)-\(end)/\(bytes.count)")],
            body: Array(bytes[start...end]))
    }

    private static func split(_ path: Substring, at separator: String) -> (String, String)? {
        guard let range = path.firstRange(of: separator) else { return nil }
        return (String(path[..<range.lowerBound]), String(path[range.upperBound...]))
    }
}
