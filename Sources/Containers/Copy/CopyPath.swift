// SPDX-License-Identifier: Apache-2.0

/// A path as `cp` reads it: a separator or `/.` at its end says something about what it must be, and `/.` stands for
/// the contents of a directory (moby, pkg/archive/copy.go).
public struct CopyPath: Hashable, Sendable {
    public let text: String

    public init(_ text: String) {
        self.text = text
    }

    /// An absolute path that keeps the end of what the user typed.
    public init(absolute: String, typed: String) {
        let typed = CopyPath(typed)
        var path = CopyPath(absolute).cleaned
        if typed.meansContents { path += path.hasSuffix("/") ? "." : "/." }
        if typed.endsInSeparator, !path.hasSuffix("/") { path += "/" }
        text = path
    }

    var endsInSeparator: Bool { text.utf8.last == UInt8(ascii: "/") }

    /// Whether the last component is `.`.
    var meansContents: Bool { Self.base(text) == "." }

    /// Whether the path can only be that of a directory.
    var assertsDirectory: Bool { endsInSeparator || meansContents }

    /// Go's `filepath.Clean`: unlike a rooted path, a relative one may lead upwards.
    var cleaned: String {
        let isRooted = text.hasPrefix("/")
        var parts: [Substring] = []
        for part in text.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if let last = parts.last, last != ".." {
                parts.removeLast()
            } else if !isRooted {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        return isRooted ? "/" + joined : joined.isEmpty ? "." : joined
    }

    private var cleanedKeepingDot: String {
        meansContents ? cleaned + "/." : cleaned
    }

    /// The directory that the path's last component lies in.
    public var directory: String {
        let path = cleanedKeepingDot
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return CopyPath(String(path[...slash])).cleaned
    }

    /// The last component; `.` for the contents of a directory.
    public var name: String { Self.base(cleanedKeepingDot) }

    /// What a link at this path leads to, if `target` is the link's text.
    public func following(_ target: String) -> String {
        target.hasPrefix("/") ? target : CopyPath(directory + "/" + target).cleaned
    }

    /// Gives `resolved` the end of this path. The name is the one the copy is to have, when a link hides it.
    func rebased(_ resolved: String) -> (path: String, name: String?) {
        var path = resolved
        if meansContents, !CopyPath(path).meansContents { path += "/." }
        if endsInSeparator, !CopyPath(path).endsInSeparator { path += "/" }
        let name = Self.base(text)
        return (path, name == Self.base(path) ? nil : name)
    }

    /// Go's `filepath.Base`.
    static func base(_ path: String) -> String {
        if path.isEmpty { return "." }
        return path.split(separator: "/").last.map(String.init) ?? "/"
    }
}
