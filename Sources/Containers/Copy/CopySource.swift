// SPDX-License-Identifier: Apache-2.0

/// What is to be copied.
public struct CopySource: Hashable, Sendable {
    public var path: CopyPath
    public var isDirectory: Bool
    /// The name to copy under, where a link that was followed had another one.
    public var alias: String?

    public init(path: CopyPath, isDirectory: Bool, alias: String? = nil) {
        self.path = path
        self.isDirectory = isDirectory
        self.alias = alias
    }

    /// A path of a container whose status is known. With `followsLink`, the last component may be a link.
    public init(_ path: String, _ engine: ContainerEngine, container: String, followsLink: Bool) throws {
        var source = CopySource(path: CopyPath(path), isDirectory: false)
        if followsLink, let status = try? engine.pathStatus(container, path), status.kind == .link {
            let (resolved, alias) = source.path.rebased(source.path.following(status.linkTarget))
            source = CopySource(path: CopyPath(resolved), isDirectory: false, alias: alias)
        }
        source.isDirectory = try engine.pathStatus(container, source.path.text).kind == .directory
        self = source
    }
}
