// SPDX-License-Identifier: Apache-2.0
import Glibc
import TarArchive

extension MergedDirectory {
    /// The entry a path leads to when symbolic links are followed as inside the container: absolute ones start at this
    /// directory, and `..` never leaves it.
    ///
    /// - Returns: `nil` when there is nothing, or after 40 links, as in the kernel.
    func resolve(_ path: BytePath) -> Entry? {
        var rest = Array(path.components.reversed())
        var done: [BytePath] = []
        var links = 0
        var result: Entry?
        while let component = rest.popLast() {
            if component == ".." {
                _ = done.popLast()
                continue
            }
            guard let entry = lookup(BytePath(root: done + [component])) else { return nil }
            guard entry.status.st_mode & S_IFMT == S_IFLNK else {
                done.append(component)
                result = entry
                continue
            }
            links += 1
            guard links <= 40, let target = Files.linkTarget(entry.path) else { return nil }
            if target.isAbsolute { done = [] }
            rest += target.rawComponents.reversed()
            result = lookup(BytePath(root: done))
        }
        return result
    }
}
