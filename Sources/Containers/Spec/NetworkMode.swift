// SPDX-License-Identifier: Apache-2.0

/// What a container is connected to (`--network`).
public enum NetworkMode: Sendable, Equatable, Codable {
    case bridge
    case host
    case none
    /// The network namespace of another container, by the name or ID the user gave; by its ID once it was found.
    case container(String)

    /// Parses `bridge`, `default`, `host`, `none`, `container:X`.
    ///
    /// - Throws: `notFound` with docker's text for any other name: there are no user-defined networks; `syntax` for none.
    public init(parsing text: String) throws(ContainerError) {
        switch text {
        case _ where text.allSatisfy(\.isWhitespace): throw .syntax("no name set for network")
        case "default", "bridge": self = .bridge
        case "host": self = .host
        case "none": self = .none
        default:
            guard text.hasPrefix("container:") else { throw .notFound("network \(text) not found") }
            let name = String(text.dropFirst("container:".count))
            guard !name.isEmpty else {
                throw .invalid("invalid network mode: invalid container format container:<name|id>")
            }
            self = .container(name)
        }
    }

    /// As docker's `HostConfig.NetworkMode` writes it.
    public var description: String {
        switch self {
        case .bridge: "bridge"
        case .host: "host"
        case .none: "none"
        case .container(let name): "container:\(name)"
        }
    }
}
