// SPDX-License-Identifier: Apache-2.0

/// How a mirror names what the registry calls otherwise: `library/busybox` may be `proxy/library/busybox` there.
public struct PathRewrite: Sendable, Hashable {
    /// Whole components at the start of a repository's path, without slashes around.
    let removed: String
    /// What stands there instead; may be empty.
    let added: String

    public init(removing removed: String, adding added: String) {
        self.removed = removed
        self.added = added
    }

    /// - Parameter path: a repository's path, possibly with something after it.
    func apply(to path: String) -> String {
        var rest = path[...]
        if !removed.isEmpty {
            guard path == removed || path.hasPrefix(removed + "/") else { return path }
            rest = path.dropFirst(removed.count).drop { $0 == "/" }
        }
        return [Substring(added), rest].filter { !$0.isEmpty }.joined(separator: "/")
    }
}
