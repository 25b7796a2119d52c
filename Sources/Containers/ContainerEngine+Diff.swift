// SPDX-License-Identifier: Apache-2.0

extension ContainerEngine {
    /// What a container, running or not, has changed in its image's files; depth first, in lexical order.
    public func changes(_ name: String) throws -> [Change] {
        let container = try inspect(name)
        return try ChangeFinder.changes(of: try rootFileSystem(of: container))
    }
}
