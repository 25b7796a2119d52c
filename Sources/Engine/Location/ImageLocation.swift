// SPDX-License-Identifier: Apache-2.0
import Glibc
public import OCI

/// A place outside of the store that images come from and go to, as a command line names it: `oci:PATH[:NAME]`,
/// `oci-archive:FILE[:NAME]`, `docker-archive:FILE[:NAME]`, `docker-daemon:NAME`, `docker://NAME`. The spellings are
/// those of skopeo and podman.
public struct ImageLocation: Hashable, Sendable, CustomStringConvertible {
    public enum Transport: String, Sendable, CaseIterable {
        case registry = "docker"
        /// A directory that is an OCI image layout.
        case layout = "oci"
        case layoutArchive = "oci-archive"
        case dockerArchive = "docker-archive"
        /// The engine behind `DOCKER_HOST`.
        case engine = "docker-daemon"
    }

    public let transport: Transport
    /// Absolute; empty where the transport has names only.
    public let path: String
    /// The image's name in that place; nil where the place is to have only one.
    public let name: String?
    /// As it was written.
    public let description: String

    /// Nil for text that names no transport, which is an image's name.
    /// - Parameter directory: what relative paths start from.
    public init?(parsing text: String, directory: String) throws(EngineError) {
        try self.init(parsing: text, directory: directory) { access($0, F_OK) == 0 }
    }

    /// - Parameter exists: whether there is something at an absolute path.
    init?(parsing text: String, directory: String, exists: (String) -> Bool) throws(EngineError) {
        guard let colon = text.firstIndex(of: ":"), let transport = Transport(rawValue: String(text[..<colon])) else {
            return nil
        }
        let rest = text[text.index(after: colon)...]
        self.transport = transport
        description = text
        switch transport {
        case .registry:
            // `docker:1` is an image of Docker Hub.
            guard rest.hasPrefix("//") else { return nil }
            path = ""
            name = String(rest.dropFirst(2))
        case .engine:
            path = ""
            name = String(rest)
        case .layout, .layoutArchive, .dockerArchive:
            let absolute: (Substring) -> String = { $0.hasPrefix("/") ? String($0) : "\(directory)/\($0)" }
            let parts = Self.split(rest) { exists(absolute($0)) }
            guard !parts.path.isEmpty else { throw EngineError("\(text): the path is missing") }
            path = absolute(parts.path)
            name = parts.name.map(String.init)
        }
        guard name != "" else { throw EngineError("\(text): the name is missing") }
    }

    /// The path ends at the first colon, unless only a longer one is there: paths may have colons themselves.
    private static func split(
        _ text: Substring, exists: (Substring) -> Bool
    ) -> (path: Substring, name: Substring?) {
        let colons = text.indices.filter { text[$0] == ":" }
        guard let first = colons.first else { return (text, nil) }
        let end = (colons + [text.endIndex]).first { exists(text[..<$0]) } ?? first
        guard end < text.endIndex else { return (text, nil) }
        return (text[..<end], text[text.index(after: end)...])
    }

    /// The name as a reference, a name alone with the tag `latest`; nil for a tag alone, which names no repository.
    public var reference: Reference? {
        guard let name else { return nil }
        let mayBeTag = transport == .layout || transport == .layoutArchive
        if mayBeTag, !name.contains("/"), !name.contains(":") { return nil }
        return (try? Reference(normalizing: name))?.withDefaultTag()
    }

    /// Where the image is, without its name.
    var place: String {
        guard let name, description.hasSuffix(":" + name) else { return description }
        return String(description.dropLast(name.count + 1))
    }
}
