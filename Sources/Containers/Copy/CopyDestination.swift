// SPDX-License-Identifier: Apache-2.0

/// Where a copy goes.
public struct CopyDestination: Hashable, Sendable {
    public var path: CopyPath
    public var exists: Bool
    public var isDirectory: Bool

    public init(path: CopyPath, exists: Bool = false, isDirectory: Bool = false) {
        self.path = path
        self.exists = exists
        self.isDirectory = isDirectory
    }

    /// A path of a container; links at its end are followed. What can't be looked at may still be made.
    /// - Throws: ``ContainerError`` when there is no such container, ``CopyError`` for a device.
    public init(_ path: String, _ engine: ContainerEngine, container: String) throws {
        _ = try engine.inspect(container)
        self.init(path: CopyPath(path))
        guard var status = try? engine.pathStatus(container, path) else { return }
        if status.kind == .link {
            self.path = CopyPath(self.path.following(status.linkTarget))
            guard let target = try? engine.pathStatus(container, self.path.text) else { return }
            status = target
        }
        guard status.kind != .device else {
            throw CopyError(
                "destination \"\(container):\(path)\" must be a directory or a regular file: got a device")
        }
        (exists, isDirectory) = (true, status.kind == .directory)
    }
}
