// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An OCI image layout on disk, as a source for skopeo (OCI image spec, image-layout.md).
public final class TestLayout: Sendable {
    public static let manifestType = "application/vnd.oci.image.manifest.v1+json"
    public static let indexType = "application/vnd.oci.image.index.v1+json"

    public struct Entry: Sendable {
        public let mediaType: String
        public let digest: String
        public let size: Int
        public var platform: String?
        /// For manifests: the digest of the config.
        public var imageID: String = ""

        var json: String {
            let tail = platform.map { ",\"platform\":\($0)" } ?? ""
            return "{\"mediaType\":\"\(mediaType)\",\"digest\":\"\(digest)\",\"size\":\(size)\(tail)}"
        }
    }

    private let directory: TemporaryDirectory

    public init() throws {
        directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: directory.path + "/blobs/sha256", withIntermediateDirectories: true)
        try Data("{\"imageLayoutVersion\":\"1.0.0\"}".utf8).write(to: url("oci-layout"))
    }

    /// Adds an index of several manifests.
    public func index(_ entries: [Entry]) throws -> Entry {
        let text =
            "{\"schemaVersion\":2,\"mediaType\":\"\(Self.indexType)\",\"manifests\":"
            + "[\(entries.map(\.json).joined(separator: ","))]}"
        return try add(Array(text.utf8), mediaType: Self.indexType)
    }

    /// The layout as the files of an archive, with `entry` under `name` (`repository:tag`) in its index.
    public func members(_ entry: Entry, as name: String) throws -> [TestTar.Member] {
        let index =
            "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"\(entry.mediaType)\",\"digest\":\"\(entry.digest)\","
            + "\"size\":\(entry.size),\"annotations\":{\"io.containerd.image.name\":\"\(name)\"}}]}"
        let blobs = try FileManager.default.contentsOfDirectory(atPath: directory.path + "/blobs/sha256").sorted()
        return try blobs.map { TestTar.Member("blobs/sha256/\($0)", try bytes(of: "sha256:\($0)")) }
            + [
                TestTar.Member("index.json", Array(index.utf8)),
                TestTar.Member("oci-layout", Array("{\"imageLayoutVersion\":\"1.0.0\"}".utf8)),
            ]
    }

    public func add(_ bytes: [UInt8], mediaType: String) throws -> Entry {
        let digest = try digest(of: bytes)
        try Data(bytes).write(to: url("blobs/sha256/" + digest.dropFirst("sha256:".count)))
        return Entry(mediaType: mediaType, digest: digest, size: bytes.count)
    }

    /// A blob of the layout.
    func bytes(of digest: String) throws -> [UInt8] {
        Array(try Data(contentsOf: url("blobs/sha256/" + digest.dropFirst("sha256:".count))))
    }

    /// The digest by coreutils, not by the code under test.
    public func digest(of bytes: [UInt8]) throws -> String {
        let output = try TestCommand.check(["sha256sum", "-"], input: bytes)
        return "sha256:" + String(decoding: output.prefix(64), as: UTF8.self)
    }

    /// Sends `entry` to a registry under `reference` (`localhost:5000/name:tag`), bytes unchanged.
    /// - Parameter options: further options of `skopeo copy`, such as credentials.
    public func publish(_ entry: Entry, as reference: String, options: [String] = ["--dest-tls-verify=false"]) throws {
        let index =
            "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"\(entry.mediaType)\",\"digest\":\"\(entry.digest)\","
            + "\"size\":\(entry.size),\"annotations\":{\"org.opencontainers.image.ref.name\":\"it\"}}]}"
        try Data(index.utf8).write(to: url("index.json"))
        try TestCommand.check(
            ["skopeo", "copy", "-q", "--all", "--preserve-digests"] + options
                + ["oci:\(directory.path):it", "docker://\(reference)"])
    }

    private func url(_ name: String) -> URL {
        URL(fileURLWithPath: directory.path + "/" + name)
    }
}
